import { type EngineClient, EngineRequestError, EngineUnreachableError } from '@procos/engine-client';
import { describe, expect, it } from 'vitest';
import { createEngineActions } from './engine-actions.ts';

const request = { method: 'POST', path: '/external-task/t1/complete' };
const unreachable = () => new EngineUnreachableError(request, 'http://127.0.0.1:1', new Error('ECONNRESET'));
const answered = (status: number) => new EngineRequestError(request, status, { type: 'X', message: 'told' });
const complete = { kind: 'complete', variables: {} } as const;

/** The actions of worker `me` on an engine that answers each method as given. */
function actions(methods: Readonly<Record<string, () => unknown>>) {
  const externalTasks = Object.fromEntries(Object.entries(methods).map(([name, answer]) => [name, () => Promise.resolve().then(answer)]));
  return createEngineActions({ externalTasks } as unknown as EngineClient, 'me', 5_000, {});
}
const fails = (fault: Error) => () => {
  throw fault;
};

describe('how the engine takes a report', () => {
  it.each([
    ['the task is gone', { complete: fails(answered(404)) }, 'gone'],
    ['the engine fails', { complete: fails(answered(500)) }, 'faulty'],
    ['nobody answers', { complete: fails(unreachable()) }, 'unanswered'],
    ['it is refused and another worker has the task', { complete: fails(answered(400)), get: () => ({ workerId: 'other' }) }, 'refused'],
    ['it is refused although the task is ours: the variables are at fault', { complete: fails(answered(400)), get: () => ({ workerId: 'me' }) }, 'faulty'],
    ['it is refused and the task has ended since', { complete: fails(answered(400)), get: fails(answered(404)) }, 'gone'],
  ])('%s', async (_, methods, answer) => {
    expect((await actions(methods).report('t1', complete)).answer).toBe(answer);
  });
});

describe('a task of a process that died', () => {
  const policy = { retries: 3, backoffMs: 1, maxBackoffMs: 1, timeoutMs: 0 };
  const orphan = { workerId: 'dead', task: { id: 't1', topic: 'x', retries: null, policy, crashes: 1 } };
  const command = { kind: 'reportOrphan', orphan, outcome: { kind: 'failure', message: 'died', details: '', retries: 3, retryInMs: 0, isBug: true } } as const;

  it.each([
    ['is reported as a failure while it is still as the process left it', { get: () => ({ workerId: 'dead', retries: null }) }, true, 1],
    ['is left to another worker that has taken it', { get: () => ({ workerId: 'other', retries: null }) }, false, 0],
    ['is not failed twice when the process had told its failure', { get: () => ({ workerId: 'dead', retries: 0 }) }, true, 0],
    ['needs nothing when it has ended', { get: fails(answered(404)) }, true, 0],
    ['is remembered when nobody answers', { get: fails(unreachable()) }, false, 0],
  ])('%s', async (_, methods, isCounted, failures) => {
    let reported = 0;

    expect(await actions({ ...methods, fail: () => reported++ }).reportOrphan(command)).toBe(isCounted);
    expect(reported).toBe(failures);
  });
});
