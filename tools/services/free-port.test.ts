import { describe, expect, it } from 'vitest';
import { freePorts, takenPort } from './free-port.mjs';

describe('the ports of a server', () => {
  it('are free, and none that the system gives to an outgoing connection: it could not have them again after a restart', async () => {
    const ports = await freePorts(50);

    expect(new Set(ports).size).toBe(50);
    expect(Math.max(...ports)).toBeLessThan(32_768);
    expect(Math.min(...ports)).toBeGreaterThanOrEqual(20_000);
    expect(await takenPort(ports)).toBeUndefined();
  });
});
