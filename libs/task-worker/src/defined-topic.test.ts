import { defineTaskContract } from '@procos/contracts';
import type { LockedTask } from '@procos/engine-client';
import { silentLogger } from '@procos/logging';
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { defineTask, type Lease } from './define-task.ts';
import { definedTopic } from './defined-topic.ts';
import { defaultRetryPolicy } from './retry-policy.ts';

const contract = defineTaskContract({
  topic: 'ask',
  title: 'Ask',
  description: 'Asks.',
  input: Type.Object({ headers: Type.Optional(Type.String()) }),
  output: Type.Object({ answer: Type.String(), headers: Type.String() }),
  localOutputs: ['headers'],
});
const task: LockedTask = {
  id: 'task-1', topicName: 'ask', workerId: 'worker-1', activityId: 'ask', activityInstanceId: 'ask:1', executionId: 'execution-1', processInstanceId: 'instance-1',
  processDefinitionId: 'definition-1', processDefinitionKey: 'a_process', businessKey: null, lockExpirationTime: '', createTime: null, retries: null, errorMessage: null, priority: 0, variables: {},
};
const lease: Lease = { taskId: 'task-1', workerId: 'worker-1', attempt: 1, idempotencyKey: 'key', deadline: () => new Date(), signal: new AbortController().signal };

describe('a task that is done', () => {
  it('keeps an output that the contract calls local from the rest of the process', async () => {
    const topic = definedTopic(defineTask(contract, async () => ({ answer: 'yes', headers: 'of the answer' })), defaultRetryPolicy, silentLogger);

    expect(await topic.attempt(task, lease)).toEqual({ kind: 'complete', variables: { answer: 'yes' }, localVariables: { headers: 'of the answer' } });
  });
});
