import {
  createEngineClient,
  type EngineClient,
  EngineRequestError,
  EngineUnreachableError,
} from '@procos/engine-client';
import { describe, expect, it } from 'vitest';
import { createEngineActions } from './create-engine-actions.ts';

const request = { method: 'POST', path: '/external-task/t1/complete' };
const unreachable = () => new EngineUnreachableError(request, 'http://127.0.0.1:1', new Error('ECONNRESET'));
const answered = (status: number, type = 'X', message = 'told') =>
  new EngineRequestError(request, status, { type, message });
const policy = { retries: 3, backoffMs: 1, maxBackoffMs: 1, timeoutMs: 0 };
const held = { id: 't1', executionId: 'e1', topic: 'x', retries: null, policy, crashes: 0 };
const complete = { kind: 'complete', variables: {} } as const;

/** The actions of worker `me` on an engine that answers each method as given. */
function actions(methods: Readonly<Record<string, () => unknown>>) {
  const externalTasks = Object.fromEntries(
    Object.entries(methods).map(([name, answer]) => [name, () => Promise.resolve().then(answer)]),
  );
  return createEngineActions({ externalTasks } as unknown as EngineClient, 'me', 5_000, {});
}
function circular(): unknown {
  const value: { self?: unknown } = {};
  value.self = value;
  return value;
}
const fails = (fault: Error) => (): never => {
  throw fault;
};

describe('how the engine takes a report', () => {
  it.each([
    ['the task is gone', { complete: fails(answered(404)) }, 'gone'],
    ['the engine fails', { complete: fails(answered(500)) }, 'failing'],
    [
      'the engine fails at the model behind the task',
      { complete: fails(answered(500, 'ProcessEngineException')) },
      'broken',
    ],
    ['nobody answers', { complete: fails(unreachable()) }, 'unanswered'],
    [
      'the result cannot be encoded, so that nothing was sent',
      { complete: fails(new TypeError('Do not know how to serialize a BigInt')) },
      'faulty',
    ],
    [
      'it is refused and another worker has the task',
      { complete: fails(answered(400)), get: () => ({ workerId: 'other' }) },
      'refused',
    ],
    [
      'it is refused although the task is ours: the variables are at fault',
      { complete: fails(answered(400)), get: () => ({ workerId: 'me' }) },
      'faulty',
    ],
    [
      'it is refused and the task has ended since',
      { complete: fails(answered(400)), get: fails(answered(404)) },
      'gone',
    ],
  ])('%s', async (_, methods, answer) => {
    expect((await actions(methods).report(held, complete)).answer).toBe(answer);
  });

  it.each([
    [
      'broken',
      'ProcessEngineException',
      "Unknown property used in expression: ${approvedd}. Cause: Cannot resolve identifier 'approvedd'",
    ],
    [
      'broken',
      'ProcessEngineException',
      "Unknown property used in expression: ${connection.timeout}. Cause: Cannot resolve identifier 'connection'",
    ],
    [
      'broken',
      'ProcessEngineException',
      "ENGINE-02004 No outgoing sequence flow for the element with id 'which' could be selected for continuing the process.",
    ],
    ['broken', 'NullValueException', "no processes deployed with key 'nope': processDefinition is null"],
    ['broken', 'ScriptEvaluationException', "Unable to evaluate script while executing activity 'x'"],
    [
      'broken',
      'ProcessEnginePersistenceException',
      'ENGINE-03004 Exception while executing Database Operation: Value too long for column "NAME_ CHARACTER VARYING(255)"',
    ],
    [
      'broken',
      'ProcessEngineException',
      'ENGINE-03083 Unexpected exception while executing database operations: ERROR: value too long for type character varying(255)',
    ],
    [
      'failing',
      'OptimisticLockingException',
      'ENGINE-03005 Execution of UPDATE failed. Entity was updated by another transaction concurrently.',
    ],
    [
      'failing',
      'ProcessEngineException',
      'ENGINE-03083 Unexpected exception while executing database operations: deadlock detected',
    ],
    ['failing', 'ProcessEnginePersistenceException', 'Could not open JDBC Connection for transaction'],
    ['failing', 'ProcessEngineException', 'Could not open JDBC Connection for transaction'],
    ['failing', 'CannotCreateTransactionException', 'Could not open JDBC Connection for transaction'],
    ['failing', 'RestException', 'something else'],
    ['broken', 'ProcessEnginePersistenceException', 'An exception occurred in the persistence layer.', 10_002],
    ['failing', 'ProcessEnginePersistenceException', 'An exception occurred in the persistence layer.', 10_000],
    ['failing', 'ProcessEnginePersistenceException', 'An exception occurred in the persistence layer.', 0],
  ])('%s: %s, %s', async (answer, type, message, code = 0) => {
    const fault = new EngineRequestError(request, 500, { type, message, code });

    expect((await actions({ complete: fails(fault) }).report(held, complete)).answer).toBe(answer);
  });

  it('names the element in whose expression the engine has failed, where the model tells it', async () => {
    const fault = answered(500, 'ProcessEngineException', 'Unknown property used in expression: ${approvedd}');
    const externalTasks = { complete: fails(fault), get: async () => ({ processDefinitionId: 'p:1:1' }) };
    const read = async (definitionXml: () => Promise<string>) =>
      (
        await createEngineActions(
          { externalTasks, repository: { definitionXml } } as unknown as EngineClient,
          'me',
          5_000,
          {},
        ).report(held, complete)
      ).reason;

    expect(
      await read(
        async () =>
          '<process id="p"><sequenceFlow id="f_yes"><conditionExpression>${approvedd}</conditionExpression></sequenceFlow></process>',
      ),
    ).toBe('at f_yes: Unknown property used in expression: ${approvedd}');
    expect(await read(() => Promise.reject(unreachable()))).toBe('Unknown property used in expression: ${approvedd}');
  });

  it.each([401, 403, 408, 429, 502, 503, 504])('it could not look at the report: %i', async (status) => {
    expect((await actions({ complete: fails(answered(status)) }).report(held, complete)).answer).toBe('unanswered');
  });

  it.each([
    ['a circular value', circular, /circular/i],
    ['a number that is none', () => Number.NaN, /It is NaN/],
    ['a date that is none', () => new Date(Number.NaN), /Invalid time/],
  ])('tells that %s cannot be sent, as a fault of the result', async (_, value, reason) => {
    const report = await createEngineActions(
      createEngineClient({ baseUrl: 'http://127.0.0.1:9/engine-rest' }),
      'me',
      5_000,
      {},
    ).report(held, { kind: 'complete', variables: { value: value() } });

    expect(report).toEqual({ answer: 'faulty', reason: expect.stringMatching(reason) as string });
  });
});

describe('what is kept with a task', () => {
  const mine = { get: () => ({ workerId: 'me', retries: null }) };
  const kept = {
    task: 't1',
    topic: 'x',
    result: { kind: 'complete', variables: { paid: { type: 'Boolean', value: true } } },
  };

  it.each([
    [
      'a result',
      { localVariable: () => kept },
      { kind: 'complete', variables: { paid: { type: 'Boolean', value: true } } },
    ],
    ['nothing', { localVariable: () => undefined, ...mine }, 'nothing'],
    [
      'what is no result, which counts as nothing',
      { localVariable: () => ({ ...kept, result: 'done' }), ...mine },
      'nothing',
    ],
    [
      'text that is no JSON, which counts as nothing',
      { localVariable: fails(new SyntaxError('x')), ...mine },
      'nothing',
    ],
    ['nothing, because the task has ended', { localVariable: () => undefined, get: fails(answered(404)) }, 'gone'],
    [
      'nothing, and another worker has the task',
      { localVariable: () => undefined, get: () => ({ workerId: 'other', retries: null }) },
      'refused',
    ],
    [
      'nothing, and another attempt was counted',
      { localVariable: () => undefined, get: () => ({ workerId: 'me', retries: 2 }) },
      'refused',
    ],
    ['what nobody answers', { localVariable: fails(unreachable()) }, 'unanswered'],
    ['what an engine that fails does not tell', { localVariable: fails(answered(500)) }, 'unanswered'],
  ])('is read: %s', async (_, methods, expected) => {
    const read = await actions(methods).readKept(held);

    if (typeof expected === 'string') expect(read).toBe(expected);
    else expect(read).toMatchObject(expected);
  });
});

describe('a task of a process that died', () => {
  const orphan = {
    workerId: 'dead',
    task: { id: 't1', executionId: 'e1', topic: 'x', retries: null, policy, crashes: 1 },
  };
  const command = {
    kind: 'reportOrphan',
    orphan,
    outcome: { kind: 'failure', message: 'died', details: '', retries: 3, retryInMs: 0, isBug: true },
  } as const;

  it.each([
    [
      'is reported as a failure while it is still as the process left it',
      { get: () => ({ workerId: 'dead', retries: null }) },
      'counted',
      1,
    ],
    [
      'is left to another worker that has taken it',
      { get: () => ({ workerId: 'other', retries: null }) },
      'foreign',
      0,
    ],
    [
      'is not failed twice when the process had reported its failure',
      { get: () => ({ workerId: 'dead', retries: 0 }) },
      'counted',
      0,
    ],
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
