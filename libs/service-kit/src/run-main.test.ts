import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';

let child: ChildProcess | undefined;
afterEach(() => void child?.kill('SIGKILL'));

function run(kind: string) {
  const started = spawn(
    process.execPath,
    ['--conditions=@procos/source', join(import.meta.dirname, 'testing/sample-main.ts'), kind],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  child = started;
  let log = '';
  started.stderr.setEncoding('utf8').on('data', (chunk: string) => (log += chunk));
  const ended = once(started, 'close') as Promise<[number | null, string | null]>;
  const says = (event: string) =>
    vi.waitFor(() => expect(log).toContain(`"event":"${event}"`), { timeout: 20_000, interval: 10 });
  return { started, ended, says, log: () => log };
}

describe('an app as a process of its own', { timeout: 30_000 }, () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('is stopped in good order by one %s', async (signal) => {
    const { started, ended, says, log } = run('stops');
    await says('started');

    started.kill(signal);

    expect(await ended).toEqual([0, null]);
    expect(log()).toContain(`"event":"service_stopping","component":"sample","signal":"${signal}"`);
    expect(log()).not.toContain('"event":"killed"');
  });

  it.each([
    ['SIGTERM', 'SIGTERM'],
    ['SIGINT', 'SIGINT'],
    ['SIGTERM', 'SIGINT'],
  ] as const)(
    'that does not come to an end after %s ends at once at %s, and kills what it has started',
    async (first, second) => {
      const { started, ended, says, log } = run('hangs');
      await says('started');
      started.kill(first);
      await says('stopping');
      const began = performance.now();

      started.kill(second);

      expect(await ended).toEqual([1, null]);
      expect(performance.now() - began).toBeLessThan(5_000);
      expect(log()).toContain(`"event":"killed","component":"sample","signal":"${second}"`);
    },
  );

  it('can be stopped while it still starts', async () => {
    const { started, ended, says } = run('hangs-while-it-starts');
    await says('starting');

    started.kill('SIGTERM');

    expect(await ended).toEqual([0, null]);
  });

  it('that cannot stop says why, and does not pass for one that has', async () => {
    const { started, ended, says, log } = run('fails');
    await says('started');

    started.kill('SIGTERM');

    expect(await ended).toEqual([1, null]);
    expect(log()).toContain('the disk is full');
  });
});
