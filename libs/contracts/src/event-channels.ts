import { Type } from 'typebox';
import { engineEventChannels } from './engine-event-channels.ts';
import { type EventChannel, instance, maybe, processKey, text } from './event-channel.ts';
import { MessageData, StartData } from './inbound-events.ts';

/** Every kind of event that travels on the exchange. Source: design, events. */
export const eventChannels: readonly EventChannel[] = [
  ...engineEventChannels,
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
