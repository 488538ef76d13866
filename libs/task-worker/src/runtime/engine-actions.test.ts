import { createEngineClient, type EngineClient, EngineRequestError, EngineUnreachableError } from '@procos/engine-client';
import { describe, expect, it } from 'vitest';
import { createEngineActions } from './engine-actions.ts';

const request = { method: 'POST', path: '/external-task/t1/complete' };
const unreachable = () => new EngineUnreachableError(request, 'http://127.0.0.1:1', new Error('ECONNRESET'));
const answered = (status: number, type = 'X') => new EngineRequestError(request, status, { type, message: 'told' });
const complete = { kind: 'complete', variables: {} } as const;

/** The actions of worker `me` on an engine that answers each method as given. */
function actions(methods: Readonly<Record<string, () => unknown>>) {
  const externalTasks = Object.fromEntries(Object.entries(methods).map(([name, answer]) => [name, () => Promise.resolve().then(answer)]));
  return createEngineActions({ externalTasks } as unknown as EngineClient, 'me', 5_000, {});
}
function circular(): unknown {
  const value: { self?: unknown } = {};
  value.self = value;
  return value;
}
const fails = (fault: Error) => () => {
  throw fault;
};

describe('how the engine takes a report', () => {
  it.each([
    ['the task is gone', { complete: fails(answered(404)) }, 'gone'],
    ['the engine fails', { complete: fails(answered(500)) }, 'failing'],
    ['the engine fails at the model behind the task', { complete: fails(answered(500, 'ProcessEngineException')) }, 'broken'],
    ['nobody answers', { complete: fails(unreachable()) }, 'unanswered'],
    ['the result cannot be encoded, so that nothing was sent', { complete: fails(new TypeError('Do not know how to serialize a BigInt')) }, 'faulty'],
    ['it is refused and another worker has the task', { complete: fails(answered(400)), get: () => ({ workerId: 'other' }) }, 'refused'],
    ['it is refused although the task is ours: the variables are at fault', { complete: fails(answered(400)), get: () => ({ workerId: 'me' }) }, 'faulty'],
    ['it is refused and the task has ended since', { complete: fails(answered(400)), get: fails(answered(404)) }, 'gone'],
  ])('%s', async (_, methods, answer) => {
    expect((await actions(methods).report('t1', complete)).answer).toBe(answer);
  });

  it.each([401, 403, 408, 429, 502, 503, 504])('it could not look at the report: %i', async (status) => {
    expect((await actions({ complete: fails(answered(status)) }).report('t1', complete)).answer).toBe('unanswered');
  });

  it.each([
    ['a circular value', circular, /circular/i],
    ['a whole number beyond JSON', () => ({ count: 10n }), /BigInt/],
    ['a date that is none', () => new Date(Number.NaN), /Invalid time/],
  ])('tells that %s cannot be sent, as a fault of the result', async (_, value, reason) => {
    const report = await createEngineActions(createEngineClient({ baseUrl: 'http://127.0.0.1:9/engine-rest' }), 'me', 5_000, {}).report('t1', { kind: 'complete', variables: { value: value() } });

    expect(report).toEqual({ answer: 'faulty', reason: expect.stringMatching(reason) as string });
  });
});

describe('a task of a process that died', () => {
  const policy = { retries: 3, backoffMs: 1, maxBackoffMs: 1, timeoutMs: 0 };
  const orphan = { workerId: 'dead', task: { id: 't1', topic: 'x', retries: null, policy, crashes: 1 } };
  const command = { kind: 'reportOrphan', orphan, outcome: { kind: 'failure', message: 'died', details: '', retries: 3, retryInMs: 0, isBug: true } } as const;

  it.each([
    ['is reported as a failure while it is still as the process left it', { get: () => ({ workerId: 'dead', retries: null }) }, 'counted', 1],
    ['is left to another worker that has taken it', { get: () => ({ workerId: 'other', retries: null }) }, 'foreign', 0],
    ['is not failed twice when the process had told its failure', { get: () => ({ workerId: 'dead', retries: 0 }) }, 'counted', 0],
    ['needs nothing when it has ended', { get: fails(answered(404)) }, 'counted', 0],
    ['is reported again when nobody answers', { get: fails(unreachable()) }, 'unanswered', 0],
  ])('%s', async (_, methods, answer, failures) => {
    let reported = 0;

    expect(await actions({ ...methods, fail: () => reported++ }).reportOrphan(command)).toBe(answer);
    expect(reported).toBe(failures);
  });
});

describe('a wish for a longer lock', () => {
  it.each([
    [400, 'refused'],
    [404, 'refused'],
    [401, 'unanswered'],
    [429, 'unanswered'],
    [503, 'unanswered'],
  ])('that is answered with %i counts as %s', async (status, answer) => {
    expect(await actions({ extendLock: fails(answered(status)) }).extend('t1')).toBe(answer);
  });
});
