import { withSpan } from '@procos/telemetry';
import { describe, expect, it, vi } from 'vitest';
import { taskContext } from '../testing/try-task.ts';
import { withServiceSpan } from './service-span.ts';

let isRecording = false;
vi.mock('@procos/telemetry', async (original) => ({
  ...(await original<object>()),
  withSpan: vi.fn((_name: string, _options: object, run: (span: object) => unknown) =>
    run({ isRecording: () => isRecording }),
  ),
  currentTraceparent: () => 'that of the span',
}));

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
