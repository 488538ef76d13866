import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../testing/captured-io.ts';

let folder: string;
const file = (name: string) => join(folder, 'logs', name);
const line = (second: number, level: string, event: string, fields: object = {}) =>
  `${JSON.stringify({ ts: `2026-03-01T10:00:0${second}.000Z`, level, event, component: 'x', ...fields })}\n`;
const logs = (...args: string[]) => runCli(['logs', ...args, '--data-dir', folder], { env: { TZ: 'UTC' } });
const shown = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as { app: string; event: string })
    .map(({ app, event }) => `${app}: ${event}`);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'procos-logs-'));
  mkdirSync(join(folder, 'logs'));
  writeFileSync(
    file('kernel.log'),
    line(1, 'info', 'kernel_starting', { version: '0.1.0' }) +
      line(4, 'warn', 'kernel_engine_unhealthy', { failures: 1 }),
  );
  writeFileSync(file('kernel1.log'), line(5, 'info', 'kernel_stopped'));
  writeFileSync(file('generic-worker-02.log'), line(3, 'error', 'task_failed'));
  writeFileSync(
    file('engine.log'),
    '2026-03-01T10:00:02.500Z ERROR [main] Main : no database\n\tat Main.main(Main.java:1)\n',
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('procos logs', () => {
  it('shows the lines of all apps in the order of their times, with their facts', async () => {
    const { exitCode, stdout } = await logs();

    expect(exitCode).toBe(0);
    expect(stdout.split('\n').map((text) => text.replace(/^\S+ \S+ /, ''))).toEqual([
      'info  kernel         kernel_starting version=0.1.0',
      'error engine         [main] Main : no database',
      'debug engine          at Main.main(Main.java:1)',
      'error generic-worker-02 task_failed',
      'warn  kernel         kernel_engine_unhealthy failures=1',
      'info  kernel         kernel_stopped',
      '',
    ]);
  });

  it('shows the last lines of the apps that are named, from a level on, one JSON document per line', async () => {
    expect(shown((await logs('kernel', '--json')).stdout)).toEqual([
      'kernel: kernel_starting',
      'kernel: kernel_engine_unhealthy',
      'kernel: kernel_stopped',
    ]);
    expect(shown((await logs('--level', 'warn', '--lines', '2', '--json')).stdout)).toEqual([
      'generic-worker-02: task_failed',
      'kernel: kernel_engine_unhealthy',
    ]);
    expect((await logs('--lines', '0')).stdout).toBe('');
  });

  it('shows what a person must see, and not where in a program it happened', async () => {
    appendFileSync(
      file('engine.log'),
      '2026-03-01T10:00:06.000Z WARN  [pool] jobexecutor : job failed\ncom.example.Broken: no such variable\n\tat a.B.c(B.java:1)\n\t... 12 more\nCaused by: x.Y: not there\n\tat d.E.f(E.java:2)\n',
    );

    expect(shown((await logs('engine', '--level', 'warn', '--json')).stdout)).toEqual([
      'engine: [main] Main : no database',
      'engine: [pool] jobexecutor : job failed',
      'engine: com.example.Broken: no such variable',
      'engine: Caused by: x.Y: not there',
    ]);
  });

  it('follows: what is written later, in a log that is new as well, and each line once it is whole', async () => {
    const interruption = new AbortController();
    const following = runCli(['logs', '--follow', '--lines', '0', '--json', '--data-dir', folder], {
      interruption: interruption.signal,
    });
    const wait = () => new Promise((resolve) => setTimeout(resolve, 400));
    await wait();
    writeFileSync(file('gateway.log'), line(6, 'info', 'service_listening'));
    const whole = line(7, 'info', 'größer');
    const half = Buffer.from(whole).subarray(0, Buffer.from(whole).indexOf('ö') + 1);
    appendFileSync(file('kernel1.log'), half);
    await wait();
    appendFileSync(file('kernel1.log'), Buffer.from(whole).subarray(half.length));
    await wait();
    interruption.abort();

    const { exitCode, stdout } = await following;
    expect(exitCode).toBe(130);
    expect(shown(stdout)).toEqual(['gateway: service_listening', 'kernel: größer']);
  });

  it('says which logs there are, and where none are', async () => {
    const unknown = await logs('kernal');
    const nowhere = await runCli(['logs', '--data-dir', join(folder, 'x')]);

    expect(unknown).toMatchObject({
      exitCode: 2,
      stderr: `✗ ${join(folder, 'logs')} holds no log of kernal\n  → Choose from engine, generic-worker-02, kernel.\n  PROCOS_CLI_USAGE\n`,
    });
    expect(nowhere.exitCode).toBe(2);
    expect(nowhere.stderr).toContain(`There are no logs in ${join(folder, 'x/logs')}`);
  });
});
