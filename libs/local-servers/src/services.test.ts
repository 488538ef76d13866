import { spawnSync } from 'node:child_process';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { launcherArguments } from './launcher-arguments.ts';
import { startService } from './services.ts';

const servers: Server[] = [];

/** A server that answers the first bytes it is sent. */
async function answering(reply: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => socket.once('data', () => reply(socket)));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

describe('a service that runs already', () => {
  it('is asked for its version: RabbitMQ by the first frame of its protocol', async () => {
    const port = await answering((socket) =>
      socket.end(Buffer.from('\x01\0\0\0\0\x01\x07versionS\0\0\0\x063.13.7', 'latin1')),
    );
    vi.stubEnv('PROCOS_TEST_RABBITMQ_URL', `amqp://guest:guest@127.0.0.1:${port}`);

    expect(await startService('rabbitmq')).toMatchObject({
      service: 'rabbitmq',
      from: 'PROCOS_TEST_RABBITMQ_URL',
      version: '3.13.7',
      pid: undefined,
    });
  });

  it('is handed on with its credentials, and where it is managed: beside it unless told otherwise', async () => {
    const port = await answering((socket) => socket.end(Buffer.from('\x07versionS\0\0\0\x013', 'latin1')));
    vi.stubEnv('PROCOS_TEST_RABBITMQ_URL', `amqp://chef:s%2Fecret@127.0.0.1:${port}`);

    expect(await startService('rabbitmq')).toMatchObject({
      user: 'chef',
      password: 's/ecret',
      managementUrl: 'http://127.0.0.1:15672',
    });
    vi.stubEnv('PROCOS_TEST_RABBITMQ_MANAGEMENT_URL', 'http://127.0.0.1:4711');
    expect(await startService('rabbitmq')).toMatchObject({ managementUrl: 'http://127.0.0.1:4711' });
  });

  it('is asked for its version: PostgreSQL by what it says to whoever may come in', async () => {
    const port = await answering((socket) =>
      socket.end(Buffer.from('R\0\0\0\x08\0\0\0\0S\0\0\0\x18server_version\x0015.2\0Z\0\0\0\x05I', 'latin1')),
    );
    vi.stubEnv('PROCOS_TEST_POSTGRES_URL', `postgresql://camunda@127.0.0.1:${port}/process`);

    expect(await startService('postgres')).toMatchObject({
      version: '15.2',
      jdbcUrl: `jdbc:postgresql://127.0.0.1:${port}/process`,
      user: 'camunda',
    });
  });

  it('is refused when it does not know the password that it asks for: PostgreSQL', async () => {
    const mechanisms = Buffer.from('SCRAM-SHA-256\0\0');
    const port = await answering((socket) => {
      socket.write(Buffer.concat([Buffer.from('R\0\0\0\x17\0\0\0\x0a', 'latin1'), mechanisms]));
      socket.once('data', () =>
        socket.end(Buffer.concat([Buffer.from('R\0\0\0\x0e\0\0\0\x0c', 'latin1'), Buffer.from('v=AAAA')])),
      );
    });
    vi.stubEnv('PROCOS_TEST_POSTGRES_URL', `postgresql://camunda:secret@127.0.0.1:${port}/process`);

    const refused = await startService('postgres').catch((error: unknown) => error);

    expect((refused as Error).message).toBe(
      `PROCOS_TEST_POSTGRES_URL names 127.0.0.1:${port}, but no postgres that lets us in answers there.`,
    );
  });

  it('is left alone: it is neither ended nor started again', async () => {
    const port = await answering((socket) => socket.end(Buffer.from('\x07versionS\0\0\0\x013', 'latin1')));
    vi.stubEnv('PROCOS_TEST_RABBITMQ_URL', `amqp://127.0.0.1:${port}`);

    const service = await startService('rabbitmq');

    await expect(service.restart()).rejects.toThrow(
      'The rabbitmq of PROCOS_TEST_RABBITMQ_URL is not ours to end or restart.',
    );
  });

  it('is refused when nobody lets us in there', async () => {
    const port = await answering((socket) => socket.destroy());
    vi.stubEnv('PROCOS_TEST_CONSUL_URL', `http://127.0.0.1:${port}`);

    await expect(startService('consul')).rejects.toMatchObject({
      name: 'ServiceStartError',
      message: `PROCOS_TEST_CONSUL_URL names 127.0.0.1:${port}, but no consul that lets us in answers there.`,
    });
  });
});

describe('the launcher on the command line', () => {
  const run = (...args: string[]) => spawnSync(process.execPath, launcherArguments(...args), { encoding: 'utf8' });

  it('tells how it is used', () => {
    expect(run('--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('<rabbitmq|postgres|consul|prometheus|jaeger>') as string,
    });
  });

  it('refuses a service that it does not know, and none', () => {
    expect(run('redis')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^There is no service 'redis'\.\nUsage: /) as string,
    });
    expect(run()).toMatchObject({ status: 2, stderr: expect.stringMatching(/^Which services\?\nUsage: /) as string });
  });
});
