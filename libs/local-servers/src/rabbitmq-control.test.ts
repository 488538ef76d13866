import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rabbitMqControl } from './rabbitmq-control.ts';

/** Does not reach its node the first `away` times, then says what it was asked; `bad` is a command that it refuses. */
const program = `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs');
appendFileSync(__dirname + '/calls', '.');
const calls = readFileSync(__dirname + '/calls', 'utf8').length;
const [, node, command] = process.argv.slice(2);
if (calls <= Number(process.env.AWAY)) {
  console.error('Error: unable to perform an operation on node. Most common reasons for this are many.\\nDIAGNOSTICS\\n===========\\nepmd knows no ' + node);
  process.exitCode = 69;
} else if (command === 'bad') {
  console.error('Error: no such command');
  process.exitCode = 64;
} else console.log(node + ' did ' + command);
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'procos-control-'));
  writeFileSync(join(folder, 'rabbitmqctl'), program);
  chmodSync(join(folder, 'rabbitmqctl'), 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const calls = () => (existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8').length : 0);

function control(away: number, patienceMs: number) {
  const prepared: number[] = [];
  const ask = rabbitMqControl(join(folder, 'rabbitmqctl'), {
    env: { RABBITMQ_NODENAME: 'rabbit@here', AWAY: String(away) },
    cwd: folder,
    user: undefined,
    prepare: async () => void prepared.push(calls()),
    patienceMs,
  });
  return { ask, prepared };
}

describe('a command to a RabbitMQ', () => {
  it('is given again while its node is not reached, each time with a port mapper that lives', async () => {
    const { ask, prepared } = control(2, 20_000);

    expect(await ask('eval')).toBe('rabbit@here did eval\n');
    expect(prepared).toEqual([0, 1, 2]);
  });

  it('fails with the diagnosis when the node is away for too long', async () => {
    await expect(control(1_000, 10).ask('eval', 'x')).rejects.toThrow(
      /^rabbitmqctl eval x: DIAGNOSTICS\n=+\nepmd knows no rabbit@here$/,
    );
  });

  it('is not given again when it was refused', async () => {
    await expect(control(0, 20_000).ask('bad')).rejects.toThrow('rabbitmqctl bad: Error: no such command');
    expect(calls()).toBe(1);
  });
});
