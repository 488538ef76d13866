import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { collect, freePortOffset, removeFolder, runCli, spawnUp } from './launched-system.ts';
import { leftBehind } from './left-behind.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'procos-interrupted-'));
});
afterEach(() => {
  // Whatever a boot that did not end has left.
  for (const line of leftBehind(folder).split('\n')) if (line !== '') process.kill(Number.parseInt(line), 'SIGKILL');
  removeFolder(folder);
});

/** The engine itself: before it, Java is started once to tell its version. */
const engineRuns = () => /procos-engine\.jar/.test(leftBehind(folder));

/** Boots without `--json`, as at a terminal, and sends a signal in the moment that is waited for. */
async function interrupted(signal: NodeJS.Signals, isMoment: (said: string) => boolean) {
  const dataDir = join(folder, 'data');
  const up = await spawnUp(['--data-dir', dataDir, '--port-offset', String(await freePortOffset())]);
  const [stdout, stderr] = [collect(up, 'stdout'), collect(up, 'stderr')];
  const closed = once(up, 'close') as Promise<[number | null]>;
  await vi.waitFor(() => expect(isMoment(stdout()), stdout() + stderr()).toBe(true), {
    timeout: 90_000,
    interval: 5,
  });
  const hadEngine = engineRuns();
  up.kill(signal);
  const [code] = await closed;
  return { code, stdout: stdout(), stderr: stderr(), hadEngine, dataDir };
}

describe('a boot that is interrupted says so in one line and leaves nothing behind', () => {
  it.each<[string, NodeJS.Signals, (said: string) => boolean, boolean]>([
    ['at its first line', 'SIGINT', (said) => said.includes('ProcOS boots'), false],
    ['while the engine starts', 'SIGINT', engineRuns, true],
    ['when the processes are deployed', 'SIGINT', (said) => /✓ 4\/\d/.test(said), true],
    ['while the engine starts, by SIGTERM', 'SIGTERM', engineRuns, true],
  ])(
    '%s',
    async (_, signal, isMoment, needsEngine) => {
      const { code, stdout, stderr, hadEngine, dataDir } = await interrupted(signal, isMoment);

      expect(hadEngine || !needsEngine).toBe(true);
      expect(code).toBe(130);
      expect(stderr.split('\n').filter((line) => line.includes('✗'))).toEqual([
        `✗ The boot was stopped by ${signal}; everything that it had started has ended.`,
      ]);
      expect(stderr).toContain('PROCOS_CLI_BOOT_INTERRUPTED');
      expect(`${stdout}${stderr}`).not.toMatch(/ProcOS is up|\bat .*\.ts|crashed|ended by itself|could not be started/);
      expect(leftBehind(folder)).toBe('');
      expect(['run.json', 'up.lock'].filter((name) => existsSync(join(dataDir, name)))).toEqual([]);
      // And nobody is told of a system that is none.
      expect((await runCli(['down', '--data-dir', dataDir])).stderr).toContain('Nothing runs on the data folder');
    },
    180_000,
  );
});
