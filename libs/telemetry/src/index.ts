/**
 * For people who build on ProcOS: what changes here changes for them.
 *
 * @packageDocumentation
 * @public
 */
export { currentTraceparent, isTraceparent, withSpan } from './trace-context.ts';
export type { SpanOptions } from './trace-context.ts';
export { startTracing } from './start-tracing.ts';
export type { StopTracing } from './start-tracing.ts';
export { createMetrics } from './metrics.ts';
export type { Metrics } from './metrics.ts';
