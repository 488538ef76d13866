import { defineTaskContract } from '@procos/contracts';
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { chosenTasks, WorkerChoiceError } from './chosen-tasks.ts';
import { defineTask } from './define-task.ts';

const tasks = ['http_request', 'email_send', 'file_operation'].map((topic) =>
  defineTask(
    defineTaskContract({ topic, title: 'T', description: 'T.', input: Type.Object({}), output: Type.Object({}) }),
    async () => ({}),
  ),
);
const chosen = (topics?: readonly string[], declaredType?: string) =>
  chosenTasks({ workerType: 'generic-worker', tasks, topics, declaredType }).map(({ contract }) => contract.topic);

describe('the topics of one copy of a worker', () => {
  it('are all of its kind, or those that were chosen', () => {
    expect(chosen()).toEqual(['http_request', 'email_send', 'file_operation']);
    expect(chosen([])).toHaveLength(3);
    expect(chosen(['email_send', 'http_request', 'email_send'])).toEqual(['http_request', 'email_send']);
  });

  it.each([
    ['htp_request', /^Did you mean http_request\? WORKER_TOPICS takes: http_request, email_send, file_operation\.$/],
    ['ai_query', /^WORKER_TOPICS takes: /],
  ])('are refused when one is none: %s', (topic, remedy) => {
    const fault = catching(() => chosen(['email_send', topic]));

    expect(fault).toMatchObject({
      code: 'PROCOS_WORKER_CHOICE',
      message: `The generic-worker does not serve the topic "${topic}" of WORKER_TOPICS`,
      remedy: expect.stringMatching(remedy) as string,
    });
  });

  it.each(['generic', 'GENERIC', 'generic-worker', 'mail-room'])('may be asked of a worker of type %s', (type) => {
    expect(chosen(undefined, type)).toHaveLength(3);
  });

  it.each(['ai', 'system-worker'])('are not those of type %s', (type) => {
    expect(catching(() => chosen(undefined, type))).toMatchObject({
      message: `WORKER_TYPE is "${type}", and this is the generic-worker`,
    });
  });
});

function catching(act: () => unknown): WorkerChoiceError {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof WorkerChoiceError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was refused');
}
