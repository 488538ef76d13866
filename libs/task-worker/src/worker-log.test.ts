import type { LockedTask } from '@procos/engine-client';
import type { Logger } from '@procos/logging';
import { createMetrics } from '@procos/telemetry';
import { expect, it, vi } from 'vitest';
import type { Outcome } from './core/messages.ts';
import { leaseLog } from './worker-log.ts';

const task = { id: 't1', topicName: 'http_request', processInstanceId: 'i1' } as LockedTask;
const failure = { kind: 'failure', message: 'It answered 503', retries: 2, retryInMs: 5, isBug: false } as const;

function logged(outcome: Outcome) {
  const warn = vi.fn();
  const logger = { warn, info: vi.fn(), error: vi.fn() } as unknown as Logger;
  leaseLog('generic', logger, createMetrics())({ task, end: 'accepted', outcome, durationMs: 12 });
  return warn.mock.calls;
}

it('a failure is logged with its message, its attempts left, and the beginning of what else is known of it', () => {
  const [[event, fields] = []] = logged({ ...failure, details: `status 503: ${'x'.repeat(5_000)}` });

  expect(event).toBe('task_failed');
  expect(fields).toMatchObject({ topic: 'http_request', error: 'It answered 503', retries: 2 });
  const { details } = fields as { details: string };
  expect(details).toMatch(/^status 503: x/);
  expect(details).toHaveLength(1_000);
});

it('a failure of which nothing else is known is logged without details', () => {
  const [[, fields] = []] = logged({ ...failure, details: '' });

  expect(fields).not.toHaveProperty('details');
});
