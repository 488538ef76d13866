import type * as Telemetry from '@procos/telemetry';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { taskContext } from '../testing/try-task.ts';
import type * as ServiceSpan from './service-span.ts';

let isRecording = false;
const withSpan = vi.fn((_name: string, _options: object, run: (span: object) => unknown) =>
  run({ isRecording: () => isRecording }),
);
let withServiceSpan: typeof ServiceSpan.withServiceSpan;
// The test files of this app share a process: the double is there for this file alone.
beforeAll(async () => {
  vi.resetModules();
  vi.doMock('@procos/telemetry', async (original) => ({
    ...(await original<typeof Telemetry>()),
    withSpan,
    currentTraceparent: () => 'that of the span',
  }));
  ({ withServiceSpan } = await import('./service-span.ts'));
});
afterAll(() => {
  vi.doUnmock('@procos/telemetry');
  vi.resetModules();
});

describe('a call of a service', () => {
  it('has a span that names service and operation', async () => {
    expect(await withServiceSpan('stock', 'GET /items', taskContext(), async () => 7)).toBe(7);

    expect(withSpan).toHaveBeenCalledWith(
      'service_call:stock',
      { kind: 'client', attributes: { 'procos.service.name': 'stock', 'procos.service.operation': 'GET /items' } },
      expect.any(Function),
    );
  });

  it.each([
    ['the span where spans are recorded', true, 'that of the span'],
    ['the process where they are not', false, taskContext().traceparent],
  ])('hands on the trace of %s', async (_name, recording, traceparent) => {
    isRecording = recording;

    expect(await withServiceSpan('stock', 'GET /', taskContext(), async (within) => within.traceparent)).toBe(
      traceparent,
    );
  });
});
