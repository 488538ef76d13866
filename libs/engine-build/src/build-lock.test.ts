import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withBuildLock } from './build-lock.mjs';

describe('withBuildLock', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'procos-lock-'));
    file = join(folder, 'sub', 'build.lock');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('lets one work at a time and all get their turn', async () => {
    let inside = 0;
    let most = 0;
    const waitedFor: number[] = [];
    const results = await Promise.all(
      [1, 2, 3].map((number) =>
        withBuildLock(file, { onWait: (pid) => waitedFor.push(pid) }, async () => {
          inside += 1;
          most = Math.max(most, inside);
          await sleep(20);
          inside -= 1;
          return number;
        }),
      ),
    );
    expect(results).toEqual([1, 2, 3]);
    expect(most).toBe(1);
    expect(waitedFor).toEqual([process.pid, process.pid]);
    expect(existsSync(file)).toBe(false);
  });

  it('is released when the work fails', async () => {
    await expect(withBuildLock(file, {}, () => Promise.reject(new Error('no compiler')))).rejects.toThrow(
      'no compiler',
    );
    expect(await withBuildLock(file, {}, () => Promise.resolve('again'))).toBe('again');
  });

  it('is taken over from an owner that has died', async () => {
    await withBuildLock(file, {}, () => Promise.resolve());
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    writeFileSync(file, `${dead} 2026-01-01T00:00:00.000Z\n`);
    const owner = await withBuildLock(file, {}, () => Promise.resolve(readFileSync(file, 'utf8')));
    expect(owner).toMatch(new RegExp(`^${process.pid} `));
  });

  it('is taken over from an owner that has not shown itself for half a minute, whose number another process has now', async () => {
    await withBuildLock(file, {}, () => Promise.resolve());
    writeFileSync(file, `${process.pid} 2026-01-01T00:00:00.000Z\n`);
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(file, longAgo, longAgo);
    expect(await withBuildLock(file, {}, () => Promise.resolve('mine'))).toBe('mine');
  });
});
