import { existsSync } from 'node:fs';
import { type ServiceName, startOwnService, useService } from '@procos/testing';
import { describe, expect, it } from 'vitest';

const alive = (pid: number | undefined) => {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    // Nobody has that id any more.
    return false;
  }
};

describe.each<ServiceName>(['rabbitmq', 'postgres', 'consul'])('%s, started by the launcher', (name) => {
  const shared = useService(name);

  it('tells its version, comes back on the same port after kill -9, and leaves nothing behind', async () => {
    const service = await startOwnService(name);
    try {
      const { port, pid, url } = service;
      expect(service.version).toBe(shared().version);
      expect(alive(pid)).toBe(true);

      await service.kill();
      expect(alive(pid)).toBe(false);
      await service.restart();

      expect(service).toMatchObject({ port, url });
      expect(service.pid).not.toBe(pid);
      expect(alive(service.pid)).toBe(true);
    } finally {
      await service.stop();
    }
    expect(alive(service.pid)).toBe(false);
    expect(existsSync(`/proc/${service.pid ?? 0}`)).toBe(false);
  });
});
