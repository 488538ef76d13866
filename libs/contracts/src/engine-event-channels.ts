import { Type } from 'typebox';
import { count, type EventChannel, instance, maybe, processKey, text } from './event-channel.ts';

/** The history of the engine names no error: what the model says of the one that was thrown or caught. */
const errorCode =
  'Code of the error, where the model names it: at the error end event, or at the event that has caught it.';

/** What happens in the engine, read from its history. */
export const engineEventChannels: readonly EventChannel[] = [
  {
    name: 'process',
    address: 'process.{processKey}.{outcome}',
    summary:
      'A process instance has started or ended. Source: the history of the engine; the same row always has the same id.',
    parameters: {
      processKey,
      outcome: { description: 'What has happened.', words: ['started', 'completed', 'terminated', 'failed'] },
    },
    data: {
      ...instance,
      version: Type.Optional(Type.Integer({ description: 'Version of the definition.' })),
      businessKey: maybe('Business key.'),
      durationMs: count('Time from start to end.'),
      failedAt: Type.Optional(text('Element whose error has ended it; told with `failed`.')),
      errorCode: Type.Optional(text(`${errorCode} Told with \`failed\`.`)),
    },
  },
  {
    name: 'activity',
    address: 'activity.{processKey}.{activityId}.{outcome}',
    summary: 'A step of a process instance has begun or ended.',
    parameters: {
      processKey,
      activityId: { description: 'Id of the element in the model.' },
      outcome: { description: 'What has happened.', words: ['started', 'completed', 'canceled'] },
    },
    data: {
      ...instance,
      activityId: text('Id of the element.'),
      activityType: text("The engine's name of the kind of element."),
      name: maybe('Name of the element.'),
      durationMs: count('Time from start to end.'),
    },
  },
  {
    name: 'task',
    address: 'task.{topic}.{outcome}',
    summary: 'A task for a worker was created, or a worker has reported its outcome.',
    parameters: {
      topic: { description: 'Topic of the task.' },
      outcome: { description: 'What has happened.', words: ['created', 'completed', 'failed', 'bpmn_error'] },
    },
    data: {
      ...instance,
      topic: text('Topic of the task.'),
      activityId: text('Id of the element.'),
      activityInstanceId: Type.Optional(text('This passage of the instance through the element.')),
      taskId: Type.Optional(text('Id of the task; told with `failed`.')),
      workerId: maybe('Who had it; told with `failed`.'),
      retries: count('Attempts left; told with `failed`.'),
      errorCode: Type.Optional(text(`${errorCode} Told with \`bpmn_error\`.`)),
      errorMessage: maybe('What the worker has reported; told with `failed`.'),
    },
  },
  {
    name: 'incident',
    address: 'incident.{type}.{outcome}',
    summary: 'Something needs a person: a task has no retries left, or a job has failed.',
    parameters: {
      type: { description: "The engine's kind of incident." },
      outcome: { description: 'What has happened.', words: ['opened', 'resolved'] },
    },
    data: { ...instance, activityId: maybe('Element where it happened.'), message: maybe('What went wrong.') },
  },
  {
    name: 'deployment',
    address: 'deployment.{name}.created',
    summary: 'Process models were deployed.',
    parameters: { name: { description: 'Name of the deployment.' } },
    data: { deploymentId: Type.Optional(text('Id of the deployment.')) },
  },
];
