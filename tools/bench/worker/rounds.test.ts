import { describe, expect, it } from 'vitest';
import { alternate, inTurn } from './rounds.ts';

function recordedClient(order: string[], fault?: Error) {
  return {
    prepare: async () => void order.push('prepare'),
    go: async () => void order.push('go'),
    rest: async () => {
      order.push('rest');
      if (fault !== undefined) throw fault;
    },
  };
}

describe('candidates in one run', () => {
  it('take turns A-B-B-A', async () => {
    const order: string[] = [];

    await alternate(
      3,
      async (round) => void order.push(`A${round}`),
      async (round) => void order.push(`B${round}`),
    );

    expect(order).toEqual(['A1', 'B1', 'B2', 'A2', 'A3', 'B3']);
  });

  it('work while they are measured and rest afterwards', async () => {
    const order: string[] = [];

    const value = await inTurn(recordedClient(order), {}, async (go) => {
      order.push('measure');
      expect(await go()).toBeGreaterThan(0);
      return 7;
    });

    expect(value).toBe(7);
    expect(order).toEqual(['prepare', 'measure', 'go', 'rest']);
  });

  it('rest even when the measurement failed', async () => {
    const order: string[] = [];
    const measured = inTurn(recordedClient(order), {}, () => Promise.reject(new Error('stuck')));

    await expect(measured).rejects.toThrow('stuck');
    expect(order.at(-1)).toBe('rest');
  });
});
