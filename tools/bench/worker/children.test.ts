import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';

async function bench(closing: string) {
  const child = spawn(
    process.execPath,
    ['--conditions=@procos/source', join(import.meta.dirname, 'testing/stubborn.ts'), closing],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const pids = line.toString().trim().split(' ').map(Number);
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return { child, pids, ended };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: 'ESRCH' });
    return false;
  }
}

async function allGone(pids: readonly number[]): Promise<boolean> {
  for (let tries = 0; tries < 50 && pids.some(isRunning); tries += 1) await sleep(100);
  return !pids.some(isRunning);
}

describe('a bench that is told to stop', () => {
  it.each([
    ['SIGTERM', 'works'],
    ['SIGINT', 'works'],
    ['SIGHUP', 'fails'],
  ] as const)('by %s ends its children, also those that do not listen, when closing %s', async (signal, closing) => {
    const { child, pids, ended } = await bench(closing);
    expect(pids.map(isRunning)).toEqual([true, true]);

    child.kill(signal);

    expect(await ended).toBe(1);
    expect(await allGone(pids)).toBe(true);
  });

  it('a second time ends them at once, although closing hangs', async () => {
    const { child, pids, ended } = await bench('hangs');

    child.kill('SIGTERM');
    await sleep(200);
    expect(child.exitCode).toBeNull();
    child.kill('SIGTERM');

    expect(await ended).toBe(1);
    expect(await allGone(pids)).toBe(true);
  });
});
