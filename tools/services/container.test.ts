import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startRabbitMq } from './services.mjs';

/** Behaves as docker does, as far as it is used here: what it "runs" answers like RabbitMQ on the published port. */
const engine = `#!${process.execPath}
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const [command, ...words] = process.argv.slice(2);
const file = (name) => __dirname + '/' + name;
appendFileSync(file('calls'), command + ' ' + words.join(' ') + '\\n');
const pidOf = (name) => Number(readFileSync(file(name + '.pid'), 'utf8'));
if (command === 'run') {
  const port = Number(words.find((word) => word.endsWith(':5672')).split(':')[1]);
  writeFileSync(file(words[words.indexOf('--name') + 1] + '.pid'), String(process.pid));
  require('node:net').createServer((socket) => socket.once('data', () => socket.end(Buffer.from('\\x07versionS\\0\\0\\0\\x063.13.7', 'latin1')))).listen(port, '127.0.0.1');
} else if (command === 'stop') process.kill(pidOf(words[0]), 'SIGTERM');
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

  it('is published on loopback only, controlled inside, and removed when it stops', async () => {
    const service = await startRabbitMq();

    expect(service).toMatchObject({ from: 'container rabbitmq:3.13-management', version: '3.13.7', url: `amqp://guest:guest@127.0.0.1:${service.port}` });
    expect(await service.control('list_queues')).toBe('said rabbitmqctl list_queues\n');
    await service.stop();

    const calls = readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
    const name = /--name (\S+)/.exec(calls[1] ?? '')?.[1];
    expect(calls[1]).toMatch(new RegExp(`^run --name ${name} (--publish 127\\.0\\.0\\.1:\\d+:(5672|15672) ){2}rabbitmq:3\\.13-management$`));
    expect(calls.slice(2)).toEqual([`exec ${name} rabbitmqctl list_queues`, `stop ${name}`, `rm --force --volumes ${name}`]);
  });
});
