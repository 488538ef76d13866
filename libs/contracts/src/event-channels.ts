import { type TProperties, Type } from 'typebox';
import { MessageData, StartData } from './inbound-events.ts';

/** One kind of event: what its type looks like and what it says. */
export interface EventChannel {
  readonly name: string;
  /** The event's type with its variable words in braces; also its routing key. */
  readonly address: string;
  readonly summary: string;
  /** Variable words → their meaning, and the words allowed where these are few. */
  readonly parameters: Readonly<Record<string, { readonly description: string; readonly words?: readonly string[] }>>;
  /** What `data` of the event holds; there may be more. */
  readonly data: TProperties;
}

const text = (description: string) => Type.String({ description });
const maybe = (description: string) => Type.Optional(Type.Union([Type.String(), Type.Null()], { description }));
const count = (description: string) => Type.Optional(Type.Union([Type.Integer(), Type.Null()], { description }));
const processKey = { description: 'Key of the process definition; a dot in it is written as an underscore.' };
const instance = { instanceId: text('Process instance.'), processKey: text('Key of the process definition.') };

/** Every kind of event that travels on the exchange. Source: design, events. */
export const eventChannels: readonly EventChannel[] = [
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
  {
    name: 'kernel',
    address: 'kernel.{event}',
    summary: 'What the kernel does. Source: kernel events of the reference.',
    parameters: {
      event: { description: 'For example `kernel_starting`, `kernel_bootstrap_complete`, `kernel_signal`.' },
    },
    data: { component: Type.Literal('kernel') },
  },
  {
    name: 'service',
    address: 'service.{name}.{outcome}',
    summary: 'A running copy of a service has come, gone, or does not answer.',
    parameters: {
      name: { description: 'Name of the service.' },
      outcome: { description: 'What has happened.', words: ['registered', 'deregistered', 'unhealthy'] },
    },
    data: { service_id: text('The copy.'), service_name: text('Name of the service.') },
  },
  {
    name: 'ai',
    address: 'ai.{provider}.{outcome}',
    summary: 'A language model was asked by a task. Neither question nor answer is told.',
    parameters: {
      provider: { description: 'Name of the provider.' },
      outcome: { description: 'What has happened.', words: ['completed', 'failed'] },
    },
    data: {
      ...instance,
      activityId: text('Element that asked.'),
      topic: text('Topic of the task.'),
      provider: text('Name of the provider.'),
      durationMs: Type.Integer({ description: 'How long it took, in milliseconds.' }),
      model: Type.Optional(text('The model that answered; told with `completed`.')),
      finishReason: Type.Optional(text('`stop`, `length`, or another word of the provider; told with `completed`.')),
      usage: Type.Optional(
        Type.Record(Type.String(), Type.Integer(), {
          description: 'Tokens, where the provider tells them; told with `completed`.',
        }),
      ),
      kind: Type.Optional(
        text(
          '`refused`: a way of the model is taken; `retryable`: it may be asked again; `final`: an incident. Told with `failed`.',
        ),
      ),
      message: Type.Optional(text('What went wrong; told with `failed`.')),
    },
  },
  {
    name: 'system',
    address: 'system.{event}',
    summary: 'What the system as a whole does: told by its own processes.',
    parameters: {
      event: { description: '`shutdown_announced`: the system is about to stop.', words: ['shutdown_announced'] },
    },
    data: {
      reason: text('Why.'),
      active_requests: Type.Integer({ minimum: 0, description: 'Requests that are under way.' }),
    },
  },
  {
    name: 'supervisor',
    address: 'supervisor.{event}',
    summary:
      'A part of a distributed system has ended by itself, and is started again. `app_…`: a copy of an app; `server_…`: a broker, directory or database that the system has started.',
    parameters: {
      event: {
        description: 'What has happened.',
        words: ['app', 'server']
          .flatMap((kind) => ['crashed', 'restarting', 'restarted', 'restart_failed'].map((what) => `${kind}_${what}`))
          .concat('app_revival_not_prepared'),
      },
    },
    data: {
      app: text('The copy or the server.'),
      error: Type.Optional(text('Why it has ended, or could not be started.')),
      in_ms: Type.Optional(
        Type.Integer({
          minimum: 0,
          description: 'Pause before it is started again, in milliseconds; told with `restarting`.',
        }),
      ),
    },
  },
  {
    name: 'admin',
    address: 'admin.notification',
    summary: 'A person has to look at something that recovery could not mend.',
    parameters: {},
    data: {
      component: maybe('What it is about.'),
      error_summary: maybe('What is wrong.'),
      notification: maybe('What to do.'),
      process_instance_id: text('Instance that tells it.'),
    },
  },
  {
    name: 'error',
    address: 'error.reported',
    summary: 'A request could not be carried out.',
    parameters: {},
    data: {
      code: text('Stable code.'),
      message: text('What happened.'),
      process: text('Key of the process that was asked for; empty when none was.'),
      advice: text('What to do next.'),
      reported_at: text('When, as ISO 8601.'),
    },
  },
  {
    name: 'message',
    address: 'message.{messageName}',
    summary:
      'Inbound: correlates a BPMN message with the instance that waits for it. What nobody waits for is kept and can be replayed: `procos messages`.',
    parameters: { messageName: { description: 'Name of the BPMN message.' } },
    data: MessageData.properties,
  },
  {
    name: 'start',
    address: 'start.{processKey}',
    summary: 'Inbound: starts one instance of a process, once per event id.',
    parameters: { processKey },
    data: StartData.properties,
  },
];
