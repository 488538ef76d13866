import { defineTaskContract } from '@procos/contracts';
import type { LockedTask } from '@procos/engine-client';
import { silentLogger } from '@procos/logging';
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { definedTopic } from './defined-topic.ts';
import { defineTask, type TaskContext } from './define-task.ts';
import { defaultRetryPolicy } from './retry-policy.ts';

const contract = defineTaskContract({
  topic: 'x',
  title: 'X',
  description: 'X.',
  input: Type.Object({
    count: Type.Optional(Type.Integer({ maximum: 9 })),
    names: Type.Optional(Type.Array(Type.String())),
    text: Type.Optional(Type.String()),
  }),
  output: Type.Object({ sum: Type.Optional(Type.Number()) }),
});
const lease = {
  taskId: 't',
  workerId: 'w',
  attempt: 1,
  idempotencyKey: 'k',
  deadline: () => new Date(),
  signal: new AbortController().signal,
};

function attempt(
  run: (input: unknown, context: TaskContext) => Promise<object>,
  task: { variables?: LockedTask['variables']; extensionProperties?: Record<string, string> } = {},
) {
  const topic = definedTopic(defineTask(contract, run as never), defaultRetryPolicy, silentLogger);
  return topic.attempt({ id: 't', topicName: 'x', variables: {}, ...task } as unknown as LockedTask, lease);
}

describe('the input of a task', () => {
  it.each([
    ['count', { type: 'String', value: 'canary' }, 'count must be a whole number, text given'],
    ['count', { type: 'Long', value: 4711 }, 'count must be at most 9'],
    [
      'names',
      { type: 'Object', value: '["a", {"canary": 1}]', valueInfo: { serializationDataFormat: 'application/json' } },
      'names.1 must be text, object given',
    ],
    [
      'text',
      { type: 'Object', value: '["canary"]', valueInfo: { serializationDataFormat: 'application/json' } },
      'text must be text, list given',
    ],
  ])('that is wrong names variable, rule and kind, never the value: %s %j', async (name, value, sentence) => {
    expect(await attempt(async () => ({}), { variables: { [name]: value } })).toMatchObject({
      kind: 'thrown',
      fault: 'terminal',
      message: `Wrong input for task x: ${sentence}`,
    });
  });
});

describe('a variable that cannot be read', () => {
  const broken = {
    type: 'Object',
    value: '{"canary": 1,,}',
    valueInfo: { serializationDataFormat: 'application/json' },
  };

  it('is named by the task that takes it', async () => {
    expect(await attempt(async () => ({}), { variables: { text: broken } })).toMatchObject({
      kind: 'thrown',
      fault: 'terminal',
      message: 'The variable text cannot be read: Its text is no JSON.',
    });
  });

  it('does not stop a task that takes others', async () => {
    expect(
      await attempt(async () => ({ sum: 7 }), { variables: { other: broken, text: { type: 'String', value: 'x' } } }),
    ).toEqual({ kind: 'complete', variables: { sum: 7 }, localVariables: {} });
  });
});

describe('the result of a task', () => {
  it('that is wrong is told in the same way', async () => {
    expect(await attempt(async () => ({ sum: 'canary' }))).toMatchObject({
      fault: 'terminal',
      message: 'Task x gave a wrong result: sum must be a number, text given',
    });
  });
});

describe('a task that is done', () => {
  it('keeps an output that the contract calls local from the rest of the process', async () => {
    const asking = defineTaskContract({
      ...contract,
      output: Type.Object({ answer: Type.String(), text: Type.String() }),
      localOutputs: ['text'],
    });
    const topic = definedTopic(
      defineTask(asking, async () => ({ answer: 'yes', text: 'of the answer' })),
      defaultRetryPolicy,
      silentLogger,
    );

    expect(await topic.attempt({ id: 't', topicName: 'x', variables: {} } as unknown as LockedTask, lease)).toEqual({
      kind: 'complete',
      variables: { answer: 'yes' },
      localVariables: { text: 'of the answer' },
    });
  });
});

describe('the time that a model gives one attempt', () => {
  const extensionProperties = { timeoutMs: '60' };

  it('ends one that does not listen, as a failure that is tried again, and tells one that does', async () => {
    const aborted = Promise.withResolvers<unknown>();
    const startedAt = performance.now();

    const result = await attempt(
      (_, { lease: { signal } }) => {
        signal.addEventListener('abort', () => aborted.resolve(signal.reason));
        return new Promise(() => undefined);
      },
      { extensionProperties },
    );

    expect(result).toMatchObject({ kind: 'thrown', fault: 'retryable', message: 'Task x took longer than 60 ms' });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(58);
    expect(String(await aborted.promise)).toContain('took longer than 60 ms');
  });

  it('does not touch one that keeps to it, and may be longer than any timer', async () => {
    expect(await attempt(async () => ({ sum: 1 }), { extensionProperties })).toMatchObject({
      kind: 'complete',
      variables: { sum: 1 },
    });
    const slow = () => new Promise<object>((resolve) => setTimeout(() => resolve({ sum: 2 }), 40));
    expect(await attempt(slow, { extensionProperties: { timeoutMs: '4294967296' } })).toMatchObject({
      kind: 'complete',
      variables: { sum: 2 },
    });
  });
});
