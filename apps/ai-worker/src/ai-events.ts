import { makeEvent } from '@procos/contracts';
import { BpmnError, messageOf, RetryableError } from '@procos/errors';
import type { EventBus } from '@procos/event-bus';
import type { TaskContext } from '@procos/task-worker';
import type { AiAnswer } from './providers/ai-provider.ts';

/** How a question to a model has ended. */
export type Asked = { readonly provider: string; readonly durationMs: number } & (
  | { readonly answer: AiAnswer }
  | { readonly thrown: unknown }
);

/** Publishes that a model was asked: `ai.<provider>.completed` or `ai.<provider>.failed`. */
export type PublishAsked = (asked: Asked, context: TaskContext) => void;

/** Publishes on the bus, and waits for nothing: a bus that is away stops no answer. Neither question nor answer is published. */
export function createPublishAsked(eventBus: Pick<EventBus, 'publish'>): PublishAsked {
  return (asked, context) => {
    const { provider, durationMs } = asked;
    const {
      processInstanceId: instanceId,
      processDefinitionKey: processKey,
      activityId,
      topic,
      traceparent,
      logger,
    } = context;
    const outcome = 'answer' in asked ? outcomeOf(asked.answer) : failureOf(asked.thrown);
    const type = `ai.${provider}.${'answer' in asked ? 'completed' : 'failed'}`;
    const event = makeEvent({
      source: '/ai-worker',
      type,
      data: { instanceId, processKey, activityId, topic, provider, durationMs, ...outcome },
      ...(traceparent === '' ? {} : { traceparent }),
    });
    eventBus
      .publish(event)
      .catch((thrown: unknown) => logger.warn('ai_event_not_published', { of: type, error: messageOf(thrown) }));
  };
}

function outcomeOf({ model, finishReason, usage }: AiAnswer) {
  return { model, finishReason, ...(usage === undefined ? {} : { usage }) };
}

/** What comes next: `refused` takes a way of the model, `retryable` may be asked again, `final` is an incident. */
function failureOf(thrown: unknown) {
  const kind = thrown instanceof BpmnError ? 'refused' : thrown instanceof RetryableError ? 'retryable' : 'final';
  return { kind, message: messageOf(thrown) };
}
