import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { useService } from '@procos/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';

const consul = useService('consul');
const main = fileURLToPath(new URL('main.ts', import.meta.url));

describe('two service registries as processes of their own, on Consul', () => {
  const running: ChildProcess[] = [];
  afterEach(() => running.splice(0).forEach((child) => child.kill('SIGKILL')));

  const start = async (): Promise<{ url: string; child: ChildProcess }> => {
    const env = { ...process.env, CONSUL_URL: consul().url, PROCOS_SERVICE_REGISTRY_PORT: '0' };
    const child = spawn(process.execPath, ['--conditions=@procos/source', main], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.push(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += String(chunk)));
    return vi.waitFor(() => {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (url === undefined) throw new Error(said);
      return { url, child };
    }, 20_000);
  };

  it('know the same services, and end in good order', async () => {
    const [one, other] = await Promise.all([start(), start()]);
    const registration = {
      service_id: 'r-1',
      service_name: 'registry-test',
      version: '1',
      endpoint: 'http://127.0.0.1:9000',
      tags: ['a'],
    };
    const headers = { 'content-type': 'application/json' };

    const answer = await fetch(`${one.url}/v1/services`, {
      method: 'POST',
      headers,
      body: JSON.stringify(registration),
    });

    expect(answer.status).toBe(201);
    await vi.waitFor(async () => {
      const found = await fetch(`${other.url}/v1/services?name=registry-test&tag=a,b&healthy=true`);
      expect(await found.json()).toMatchObject({ services: [registration] });
    }, 10_000);
    expect((await fetch(`${other.url}/v1/services/r-1/heartbeat`, { method: 'POST' })).status).toBe(200);
    expect((await fetch(`${other.url}/v1/services/r-1`, { method: 'DELETE' })).status).toBe(200);
    const ended = new Promise((resolve) => one.child.once('exit', resolve));
    one.child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});
