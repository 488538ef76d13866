import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkout, removeFolder } from './launched-system.ts';

// The command line is no service: it has no port, and ends by itself.
const apps = readdirSync(join(checkout, 'apps')).filter(
  (app) => app !== 'cli' && existsSync(join(checkout, 'apps', app, 'src/main.ts')),
);

/** What an app cannot start without. */
const needed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  kernel: { PROCESS_DEPLOYMENT_PATH: join(checkout, 'processes/system') },
  'email-adapter': { SMTP_HOST: '127.0.0.1' },
  'slack-adapter': { SLACK_BOT_TOKEN: 'xoxb-test' },
  'service-registry': { PROCOS_REGISTRY_IN_MEMORY: 'true' },
};

// Nothing listens on port 9: an engine, a broker and a directory that are away.
const engineAway = { CAMUNDA_URL: 'http://127.0.0.1:9/engine-rest', CAMUNDA_BASE_URL: 'http://127.0.0.1:9' };
const allAway = {
  ...engineAway,
  RABBITMQ_URL: 'amqp://127.0.0.1:9',
  CONSUL_URL: 'http://127.0.0.1:9',
  PROCOS_REGISTRY_IN_MEMORY: '',
};

/** What containers and supervisors wait before they kill. */
const graceMs = 12_000;

let folder: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'procos-alone-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  removeFolder(folder);
});

/** Starts an app as its image does, and gives its address. */
async function start(app: string, env: Readonly<Record<string, string>>) {
  const own = {
    PATH: process.env['PATH'],
    KERNEL_READINESS_FILE: join(folder, 'ready'),
    [`PROCOS_${app.toUpperCase().replaceAll('-', '_')}_PORT`]: '0',
    ...needed[app],
    ...env,
  };
  const started = spawn(process.execPath, ['--conditions=@procos/source', join(checkout, 'apps', app, 'src/main.ts')], {
    cwd: folder,
    env: own,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child = started;
  let log = '';
  started.stderr.setEncoding('utf8').on('data', (chunk: string) => (log += chunk));
  const ended = once(started, 'close') as Promise<[number | null, string | null]>;
  const url = await vi.waitFor(
    () => {
      const url = /"event":"service_listening".*"url":"([^"]+)"/.exec(log)?.[1];
      if (url === undefined) throw new Error(`${app} does not listen: ${log}`);
      return url;
    },
    { timeout: 30_000, interval: 20 },
  );
  return { url, started, ended, log: () => log };
}

describe.each([
  ['without its engine', engineAway],
  ['without engine, broker and directory', allAway],
])('an app alone, %s', (_, env) => {
  it.each(apps)(
    '%s lives, and one SIGTERM stops it in good order within its time',
    async (app) => {
      const { url, started, ended, log } = await start(app, env);

      expect((await fetch(`${url}/livez`)).status).toBe(200);
      const began = performance.now();
      started.kill('SIGTERM');

      expect({ ended: await ended, log: log().includes('"event":"service_stopping"') }).toEqual({
        ended: [0, null],
        log: true,
      });
      expect(performance.now() - began).toBeLessThan(graceMs);
    },
    60_000,
  );
});
