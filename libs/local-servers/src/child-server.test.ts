import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runServer } from './child-server.ts';
import { keptPlace } from './kept-place.ts';

let folder: string;
const foreign: Server[] = [];

async function listenForeign(port = 0): Promise<number> {
  const server = createServer((socket) => socket.end());
  foreign.push(server);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}

beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'procos-child-'))));
afterEach(async () => {
  await Promise.all(foreign.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  rmSync(folder, { recursive: true, force: true });
});

const recipe = (code: string) => ({
  service: 'sample',
  command: process.execPath,
  args: ['-e', code],
  logFile: join(folder, 'log'),
  ready: async () => '1.0',
});

describe('a server whose port somebody else has', () => {
  it('is not started', async () => {
    const port = await listenForeign();

    await expect(runServer({ ...recipe(''), ports: [port] })).rejects.toMatchObject({
      name: 'ServiceStartError',
      message: expect.stringContaining(`Port ${port} of 127.0.0.1, meant for sample, is taken by `) as string,
    });
  });

  it('is not taken for the other one, which answers in its place', async () => {
    const server = recipe("console.log('no port for me'); process.exit(3)");
    // The other one answers once ours has begun to end: how long a machine takes to start ours says nothing.
    const ready = async () => (readFileSync(server.logFile, 'utf8').includes('no port for me') ? '1.0' : undefined);

    await expect(runServer({ ...server, ready })).rejects.toThrow(
      /^sample ended while it was starting \(exit code 3\)\.[\s\S]*no port for me/,
    );
  });
});

describe('the kept place of a service', () => {
  it('has the same ports at every start', async () => {
    expect(await keptPlace(folder, 'consul')).toEqual(await keptPlace(folder, 'consul'));
  });

  it('has new ports when somebody else has an old one', async () => {
    const before = await keptPlace(folder, 'postgres');
    await listenForeign(before.ports[0]);

    const after = await keptPlace(folder, 'postgres');

    expect(after.folder).toBe(before.folder);
    expect(after.ports).not.toEqual(before.ports);
    expect(await keptPlace(folder, 'postgres')).toEqual(after);
  });

  it('is refused then for RabbitMQ, whose state belongs to its port', async () => {
    const { ports } = await keptPlace(folder, 'rabbitmq');
    await listenForeign(ports[0]);

    await expect(keptPlace(folder, 'rabbitmq')).rejects.toThrow(
      `Port ${ports[0] ?? 0} of 127.0.0.1 is taken, and the state of rabbitmq in ${join(folder, 'rabbitmq')} belongs to its ports.`,
    );
  });
});

describe('a server whose program is killed', () => {
  const isAlive = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      // Nobody has that id any more.
      return false;
    }
  };
  const starter = (code: string) => `
    import { runServer } from ${JSON.stringify(new URL('child-server.ts', import.meta.url).href)};
    import { readFileSync } from 'node:fs';
    import { openFolder } from ${JSON.stringify(new URL('scratch-folder.ts', import.meta.url).href)};
    const { folder } = openFolder('sample');
    const server = await runServer({ service: 'sample', command: process.execPath, args: ['-e', ${JSON.stringify(code)}], logFile: folder + '/log', ready: async () => (readFileSync(folder + '/log', 'utf8').includes('listens') ? '1.0' : undefined) });
    console.log(JSON.stringify({ pid: server.pid, folder }));
    setInterval(() => {}, 1_000);`;

  async function start(code: string): Promise<{ parent: ChildProcess; pid: number; scratch: string }> {
    writeFileSync(join(folder, 'starter.mjs'), starter(code));
    const parent = spawn(process.execPath, [join(folder, 'starter.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    parent.stdout?.on('data', (chunk) => (said += String(chunk)));
    const { pid, folder: scratch } = await vi.waitFor(
      () => JSON.parse(said) as { pid: number; folder: string },
      20_000,
    );
    return { parent, pid, scratch };
  }

  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
    'ends with it in good order, and its scratch folder goes: %s',
    async (signal) => {
      const goodbye = join(folder, 'goodbye');
      const { parent, pid, scratch } = await start(
        `process.on('SIGTERM', () => { require('node:fs').writeFileSync(${JSON.stringify(goodbye)}, 'in good order'); process.exit(); }); setInterval(() => {}, 1_000); console.log('listens')`,
      );
      expect(isAlive(pid)).toBe(true);

      parent.kill(signal);

      await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 10_000);
      expect(readFileSync(goodbye, 'utf8')).toBe('in good order');
      await vi.waitFor(() => expect(() => readFileSync(join(scratch, 'log'))).toThrow('ENOENT'), 10_000);
    },
  );

  it('is killed when it does not end in time', { timeout: 60_000 }, async () => {
    const { parent, pid } = await start(
      "process.on('SIGTERM', () => {}); setInterval(() => {}, 1_000); console.log('listens')",
    );

    parent.kill('SIGKILL');

    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 20_000);
  });
});
