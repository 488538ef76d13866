import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startRabbitMq } from './rabbitmq.ts';

const greeting = Buffer.from('\x07versionS\0\0\0\x063.13.7', 'latin1').toString('base64');

/**
 * Behaves as docker does, as far as it is used here: what it "runs" answers like RabbitMQ on the published port, and its
 * name is taken until it is removed. The container is a process of its own that outlives the one that runs it.
 */
const engine = `#!${process.execPath}
const { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { spawn } = require('node:child_process');
const [command, ...words] = process.argv.slice(2);
const file = (name) => __dirname + '/' + name;
const end = (name, signal) => { try { process.kill(Number(readFileSync(file(name + '.pid'), 'utf8')), signal); } catch { process.exit(1); } };
const server = "require('node:net').createServer((socket) => socket.once('data', () => socket.end(Buffer.from('${greeting}', 'base64')))).listen(Number(process.argv[1]), '127.0.0.1')";
if (command !== 'info') appendFileSync(file('calls'), [command, ...words].join(' ') + '\\n');
if (command === 'run') {
  const name = words[words.indexOf('--name') + 1];
  if (existsSync(file(name + '.pid'))) throw new Error('the name ' + name + ' is in use');
  appendFileSync(file('environment'), process.env.RABBITMQ_DEFAULT_PASS + '\\n');
  const port = words.find((word) => word.endsWith(':5672')).split(':')[1];
  const container = spawn(process.execPath, ['-e', existsSync(file('broken')) ? 'process.exit(4)' : server, port], { stdio: 'ignore', detached: true });
  writeFileSync(file(name + '.pid'), String(container.pid));
  container.once('exit', (code) => process.exit(code ?? 137));
} else if (command === 'stop') end(words[0], 'SIGTERM');
else if (command === 'kill') end(words[0], 'SIGKILL');
else if (command === 'rm') rmSync(file(words.at(-1) + '.pid'), { force: true });
else if (command === 'exec') console.log('said ' + words.slice(1).join(' '));
`;

describe('a service from a container image', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'procos-container-'));
    writeFileSync(join(folder, 'docker'), engine);
    chmodSync(join(folder, 'docker'), 0o755);
    vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH'] ?? ''}`);
    vi.stubEnv('PROCOS_CONTAINERS', 'true');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');

  it('is published on loopback only, controlled inside, and removed with its state when it stops', async () => {
    const service = await startRabbitMq();

    expect(service).toMatchObject({
      from: 'container rabbitmq:3.13-management',
      version: '3.13.7',
      url: `amqp://procos:${service.password}@127.0.0.1:${service.port}`,
    });
    expect(await service.control('list_queues')).toBe('said rabbitmqctl list_queues\n');
    await service.stop();

    const [before, run, ...after] = calls();
    const name = /--name (\S+)/.exec(run ?? '')?.[1];
    expect(before).toBe(`rm --force --volumes ${name}`);
    expect(run).toMatch(
      new RegExp(
        `^run --name ${name} --hostname procos (--publish 127\\.0\\.0\\.1:\\d+:(5672|15672) ){2}--volume ${name}:/var/lib/rabbitmq --env RABBITMQ_DEFAULT_USER --env RABBITMQ_DEFAULT_PASS rabbitmq:3\\.13-management$`,
      ),
    );
    expect(after).toEqual([
      `exec ${name} rabbitmqctl list_queues`,
      `stop ${name}`,
      `rm --force --volumes ${name}`,
      `volume rm --force ${name}`,
    ]);
    expect(readFileSync(join(folder, 'environment'), 'utf8').trim()).toBe(service.password);
  });

  it('is a new container on the same state after a restart, and answers before that is done', async () => {
    const service = await startRabbitMq();
    const { pid, port } = service;

    await service.kill();
    await service.restart();

    expect(service.pid).not.toBe(pid);
    expect(service.port).toBe(port);
    const [first, second] = calls().filter((call) => call.startsWith('run '));
    expect(second).toBe(first);
    await service.stop();
  });

  it('keeps its state for the next start where its folder is kept, and has the same name then', async () => {
    const place = { folder: join(folder, 'kept') };
    for (const service of [await startRabbitMq(place)]) await service.stop();
    for (const service of [await startRabbitMq(place)]) await service.stop();

    const volumes = calls().flatMap((call) => /--volume (\S+)/.exec(call)?.[1] ?? []);
    expect(volumes).toHaveLength(2);
    expect(new Set(volumes).size).toBe(1);
    expect(calls().filter((call) => call.startsWith('volume'))).toEqual([]);
  });

  it('leaves nothing behind when it does not start', async () => {
    writeFileSync(join(folder, 'broken'), '');

    await expect(startRabbitMq()).rejects.toThrow('rabbitmq ended while it was starting (exit code 4).');

    const name = /--name (\S+)/.exec(calls()[1] ?? '')?.[1];
    expect(calls().slice(2)).toEqual([`rm --force --volumes ${name}`, `volume rm --force ${name}`]);
  });
});
