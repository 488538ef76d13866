import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DirectoryAwayError } from '../errors.ts';
import type { ConsulOffice } from './consul-office.ts';
import { consulTerm } from './consul-term.ts';

const ttlMs = 10_000;
let now: number;

beforeEach(() => {
  now = 0;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** One renewal falls due, so much later than the one before. */
async function turn(ms: number): Promise<void> {
  now += ms;
  await vi.advanceTimersByTimeAsync(ttlMs / 4);
}

function begin() {
  const renewSession = vi.fn(async () => undefined);
  const office = {
    renewSession,
    isHeldBy: async () => true,
    endSession: async () => undefined,
  } as unknown as ConsulOffice;
  const away = () => renewSession.mockRejectedValue(new DirectoryAwayError('Consul cannot be asked: nobody there'));
  return { term: consulTerm({ office, session: 's', ttlMs, onFault: () => undefined }), away };
}

describe('the term of a leader', () => {
  it('goes on while Consul is away, for nobody else can be chosen', async () => {
    const { term, away } = begin();
    away();
    for (let turns = 0; turns < 20; turns += 1) await turn(ttlMs / 4);

    await expect(term.confirm()).resolves.toBeUndefined();
  });

  it('is in doubt for a copy that was suspended, until Consul can be asked', async () => {
    const { term, away } = begin();
    away();
    await turn(3 * ttlMs);

    await expect(term.confirm()).rejects.toThrow(DirectoryAwayError);
  });

  it('goes on while Consul is away, also when the copy was suspended once and Consul has confirmed it since', async () => {
    const { term, away } = begin();
    await turn(3 * ttlMs);
    away();
    for (let turns = 0; turns < 20; turns += 1) await turn(ttlMs / 4);

    await expect(term.confirm()).resolves.toBeUndefined();
  });
});
