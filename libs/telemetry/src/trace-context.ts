import { randomBytes } from 'node:crypto';
import { type Attributes, context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

const tracer = () => trace.getTracer('procos');
const wellFormed = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Whether a value is a trace context to go on with. Source: W3C Trace Context, §3.2. */
export function isTraceparent(value: unknown): value is string {
  return typeof value === 'string' && wellFormed.test(value);
}

/** The W3C trace context of the running span; a fresh, valid one when nothing records spans. Source: W3C Trace Context, §3.2. */
export function currentTraceparent(): string {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier['traceparent'] ?? `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`;
}

export interface SpanOptions {
  readonly attributes?: Attributes;
  /** Continue this trace. Ignored when it is not well formed. */
  readonly traceparent?: string | undefined;
  /** @default internal */
  readonly kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
}

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

/** Runs a function inside a span; the span ends with it and tells its failure. */
export async function withSpan<Value>(
  name: string,
  options: SpanOptions,
  run: (span: Span) => Promise<Value>,
): Promise<Value> {
  const { attributes = {}, traceparent, kind = 'internal' } = options;
  const parent = isTraceparent(traceparent) ? propagation.extract(context.active(), { traceparent }) : context.active();
  return tracer().startActiveSpan(name, { attributes, kind: kinds[kind] }, parent, async (span) => {
    try {
      return await run(span);
    } catch (thrown) {
      span.setStatus({
        code: SpanStatusCode.ERROR,
        message: thrown instanceof Error ? thrown.message : String(thrown),
      });
      throw thrown;
    } finally {
      span.end();
    }
  });
}
