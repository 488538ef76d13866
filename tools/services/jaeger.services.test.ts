import { randomBytes } from 'node:crypto';
import { eventually, useLazyService } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import { startApp } from './testing/start-app.ts';

interface Trace {
  readonly spans: readonly { readonly operationName: string; readonly processID: string }[];
  readonly processes: Readonly<Record<string, { readonly serviceName: string }>>;
}

const jaeger = useLazyService('jaeger');

describe('a service that is told where traces go', () => {
  it('sends Jaeger a span of a request, in the trace of its caller', async () => {
    const gateway = await startApp('gateway', {
      PROCOS_GATEWAY_PORT: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: jaeger().otlpUrl ?? '',
    });
    const traceId = randomBytes(16).toString('hex');

    await fetch(`${gateway.url}/v1/incidents`, {
      headers: { traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01` },
    });
    await gateway.stop();

    const trace = await eventually('trace of that id', async () => {
      const answer = await fetch(`${jaeger().url}/api/traces/${traceId}`);
      return answer.ok ? ((await answer.json()) as { data: readonly Trace[] }).data[0] : undefined;
    });
    const [span] = trace.spans;
    expect(span?.operationName).toBe('GET /v1/incidents');
    expect(trace.processes[span?.processID ?? '']?.serviceName).toBe('gateway');
  });
});
