import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { currentTraceparent, withSpan } from './trace-context.ts';

const exporter = new InMemorySpanExporter();
const sdk = new NodeSDK({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });

describe('a span', () => {
  beforeAll(() => sdk.start());
  afterAll(() => sdk.shutdown());
  beforeEach(() => exporter.reset());

  it('continues the trace it is given and hands it on', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

    const inner = await withSpan(
      'external_task:ai_query',
      { traceparent, attributes: { 'procos.task.topic': 'ai_query' } },
      async () => currentTraceparent(),
    );

    expect(inner).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-/);
    await vi.waitFor(
      () =>
        expect(exporter.getFinishedSpans()).toMatchObject([
          { name: 'external_task:ai_query', attributes: { 'procos.task.topic': 'ai_query' } },
        ]),
      10_000,
    );
  });

  it('ignores a trace context that is not well formed', async () => {
    const inner = await withSpan(
      'x',
      { traceparent: '00-00000000000000000000000000000000-b7ad6b7169203331-01' },
      async () => currentTraceparent(),
    );

    expect(inner).toMatch(/^00-(?!0{32})/);
  });

  it('tells the failure of what ran in it, and lets it through', async () => {
    await expect(withSpan('x', {}, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');

    await vi.waitFor(
      () => expect(exporter.getFinishedSpans()).toMatchObject([{ status: { message: 'broken' } }]),
      10_000,
    );
  });
});
