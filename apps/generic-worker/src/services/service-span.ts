import type { TaskContext } from '@procos/task-worker';
import { currentTraceparent, withSpan } from '@procos/telemetry';

/** Asks a service inside of a span of its own; the service goes on with the trace from there. */
export function withServiceSpan<Value>(
  name: string,
  operation: string,
  context: TaskContext,
  ask: (context: TaskContext) => Promise<Value>,
): Promise<Value> {
  const attributes = { 'procos.service.name': name, 'procos.service.operation': operation };
  return withSpan(`service_call:${name}`, { kind: 'client', attributes }, (span) =>
    // Where nothing is recorded, there is nothing to go on with but the trace of the process.
    ask(span.isRecording() ? { ...context, traceparent: currentTraceparent() } : context),
  );
}
