import { describe, expect, it, vi } from 'vitest';
import { type CandidateOptions, createCandidate } from './candidate.ts';
import { createInMemoryLeadership } from './in-memory-leadership.ts';

const candidate = (name: string, serve: CandidateOptions['serve'], onFault = vi.fn()) =>
  createCandidate({ leadership: createInMemoryLeadership({ name }), serve, restMs: 1, onFault, onFailure: vi.fn() });
const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));

describe('a candidate', () => {
  it('serves one term after the other, also after a fault, which is told', async () => {
    const onFault = vi.fn();
    let terms = 0;
    const serve = vi.fn((_term, stopped: AbortSignal) =>
      (terms += 1) === 1 ? Promise.reject(new Error('broken')) : untilAborted(stopped),
    );
    const one = candidate(crypto.randomUUID(), serve, onFault);

    one.start();

    await vi.waitFor(() => expect(serve).toHaveBeenCalledTimes(2), 10_000);
    expect(onFault).toHaveBeenCalledExactlyOnceWith(new Error('broken'));
    expect(one.isLeading()).toBe(true);
    await one.stop();
    expect(one.isLeading()).toBe(false);
  });

  it('lets another one lead when it stops', async () => {
    const name = crypto.randomUUID();
    const [one, other] = [
      candidate(name, (_, stopped) => untilAborted(stopped)),
      candidate(name, (_, stopped) => untilAborted(stopped)),
    ];
    one.start();
    await vi.waitFor(() => expect(one.isLeading()).toBe(true), 10_000);
    other.start();

    await one.stop();

    await vi.waitFor(() => expect(other.isLeading()).toBe(true), 10_000);
    await other.stop();
  });

  it('stops while another one leads', async () => {
    const name = crypto.randomUUID();
    const [one, other] = [candidate(name, (_, stopped) => untilAborted(stopped)), candidate(name, vi.fn())];
    one.start();
    await vi.waitFor(() => expect(one.isLeading()).toBe(true), 10_000);
    other.start();

    await other.stop();

    expect(one.isLeading()).toBe(true);
    await one.stop();
  });

  it('tells why it cannot lead any more', async () => {
    const onFailure = vi.fn();
    const leadership = { lead: () => Promise.reject(new Error('refused')), close: async () => undefined };
    const one = createCandidate({ leadership, serve: vi.fn(), restMs: 1, onFault: vi.fn(), onFailure });

    one.start();

    await vi.waitFor(() => expect(onFailure).toHaveBeenCalledExactlyOnceWith(new Error('refused')), 10_000);
    await one.stop();
  });
});
