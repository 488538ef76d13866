import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptPlace, postgresSession, startPostgres, startRabbitMq } from '@procos/local-servers';
import { type ServiceName, startOwnService, useLazyService, useService } from '@procos/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const alive = (pid: number | undefined) => {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    // Nobody has that id any more.
    return false;
  }
};

describe.each<ServiceName>(['rabbitmq', 'postgres', 'consul', 'prometheus', 'jaeger'])(
  '%s, started by the launcher',
  (name) => {
    if (name === 'prometheus' || name === 'jaeger') useLazyService(name);
    else useService(name);

    it('tells its version, comes back on the same port after kill -9, and leaves nothing behind', async () => {
      const service = await startOwnService(name);
      try {
        const { port, pid, url } = service;
        expect(service.version).toMatch(/^\d+\.\d+/);
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
  },
);

describe('a service in a folder that is kept', () => {
  useService('postgres');
  useService('rabbitmq');
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'procos-kept-'));
    // Started by root, servers run as users of their own, who must be able to pass.
    chmodSync(folder, 0o711);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps its state and its password: PostgreSQL', async () => {
    const to = async () => startPostgres(await keptPlace(folder, 'postgres'));
    const first = await to();
    const { user, password, port } = first;
    const ask = (statements: readonly string[], secret = password) =>
      postgresSession({ port, user, password: secret, database: 'postgres' }, statements);
    await ask(['CREATE TABLE kept (dish text)']);
    await first.stop();

    const second = await to();
    try {
      expect(second.url).toBe(first.url);
      await ask(['DROP TABLE kept']);
      await expect(ask([], 'a guess')).rejects.toMatchObject({ code: '28P01' });
      await expect(ask([], '')).rejects.toMatchObject({ code: '28P01' });
    } finally {
      await second.stop();
    }
  });

  it('keeps its state and its password, and lets in no guest: RabbitMQ', async () => {
    const to = async () => startRabbitMq(await keptPlace(folder, 'rabbitmq'));
    const first = await to();
    const { user, password, managementUrl } = first;
    const call = async (path: string, who: string, method = 'GET') =>
      (
        await fetch(`${managementUrl}/api/${path}`, {
          method,
          headers: { authorization: `Basic ${Buffer.from(who).toString('base64')}` },
        })
      ).status;
    expect(await call('vhosts/kept', `${user}:${password}`, 'PUT')).toBe(201);
    await first.stop();

    const second = await to();
    try {
      expect(second.url).toBe(first.url);
      expect(await call('vhosts/kept', `${user}:${password}`)).toBe(200);
      expect(await call('vhosts/kept', 'guest:guest')).toBe(401);
    } finally {
      await second.stop();
    }
  });
});
