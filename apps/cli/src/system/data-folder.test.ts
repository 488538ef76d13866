import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../testing/captured-io.ts';
import { type DataFolder, openDataFolder, type RunningSystem } from './data-folder.ts';

let folder: string;
let other: ChildProcess;
const runFile = () => join(folder, 'run.json');
const pidOf = ({ pid }: ChildProcess) => pid ?? 0;
const run = (more: Partial<RunningSystem> = {}): RunningSystem => ({
  pid: pidOf(other),
  url: 'http://127.0.0.1:9',
  engineUrl: 'http://127.0.0.1:9',
  portOffset: 0,
  startedAt: '',
  ...more,
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'procos-data-'));
  other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
  await once(other, 'spawn');
});
afterEach(() => {
  other.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** What the run before the power failure left: the same ids, which now belong to other programs. */
async function leaveStaleRun(more: Partial<RunningSystem> = {}): Promise<void> {
  (await openDataFolder(folder)).writeRun(run(more));
  const written = JSON.parse(readFileSync(runFile(), 'utf8')) as { marks: Record<string, string> };
  const marks = Object.fromEntries(Object.keys(written.marks).map((pid) => [pid, 'another boot 1']));
  writeFileSync(runFile(), JSON.stringify({ ...written, marks }));
}

describe('a data folder whose run.json names a living process', () => {
  it('is refused to a second system', async () => {
    (await openDataFolder(folder)).writeRun(run());

    await expect(openDataFolder(folder)).rejects.toMatchObject({
      code: 'PROCOS_CLI_ALREADY_RUNNING',
      message: `A system is already running on the data folder ${folder} (process ${pidOf(other)}).`,
    });
  });

  it('is shut down by `procos down`', async () => {
    (await openDataFolder(folder)).writeRun(run());

    const { exitCode, stdout } = await runCli(['down', '--data-dir', folder, '--timeout', '10']);

    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `Stopped (process ${pidOf(other)}).\n` });
    expect(other.signalCode).toBe('SIGTERM');
  });
});

describe('a data folder whose run.json names an id that belongs to another program now', () => {
  it('is free for the next system, which does not wait for a foreign process to end', async () => {
    await leaveStaleRun({ enginePid: process.pid });
    const began = performance.now();

    await openDataFolder(folder);

    expect(performance.now() - began).toBeLessThan(5_000);
    expect(existsSync(runFile())).toBe(false);
  });

  it('is nothing that `procos down` could stop: the other program goes on', async () => {
    await leaveStaleRun();

    const { exitCode, stderr } = await runCli(['down', '--data-dir', folder]);

    expect(exitCode).toBe(3);
    expect((await runCli(['restart', '--data-dir', folder])).exitCode).toBe(3);
    expect(stderr).toContain(`Nothing runs on the data folder ${folder}.`);
    expect(other.signalCode).toBeNull();
    process.kill(pidOf(other), 0);
  });

  it('and without a mark of it, as a damaged file or an earlier version leaves it, neither', async () => {
    for (const marks of [undefined, null, {}, [], 'x', { [pidOf(other)]: 7 }]) {
      writeFileSync(runFile(), JSON.stringify({ ...run(), marks }));

      expect((await runCli(['down', '--data-dir', folder])).exitCode).toBe(3);
      expect((await runCli(['restart', '--data-dir', folder])).exitCode).toBe(3);
    }
    expect(other.signalCode).toBeNull();
    process.kill(pidOf(other), 0);
  });

  it.each([0, -1, Number.NaN])('such as %s, which is no id at all, neither', async (pid) => {
    writeFileSync(runFile(), JSON.stringify(run({ pid })));

    expect((await runCli(['down', '--data-dir', folder])).exitCode).toBe(3);
    expect(other.signalCode).toBeNull();
  });
});

/** Claims the folder in a process of its own, and keeps it until it is killed. */
async function claimElsewhere(): Promise<{ readonly said: string; readonly child: ChildProcess }> {
  const script = `const { claimFolder } = await import(${JSON.stringify(new URL('folder-claim.ts', import.meta.url).href)}); await claimFolder(${JSON.stringify(folder)}).then(() => console.log('mine'), (error) => { console.log(error.code); process.exit(); }); setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--conditions=@procos/source', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  return { said: chunk.toString().trim(), child };
}

describe('a data folder that several systems want in the same moment', () => {
  it('belongs to one of them, until it is killed; the others are refused and take nothing away', async () => {
    writeFileSync(
      join(folder, 'up.lock'),
      JSON.stringify({ pid: pidOf(other), mark: 'another boot 1', claim: 'dead' }),
    );
    const claims = await Promise.all(Array.from({ length: 5 }, claimElsewhere));
    try {
      expect(claims.map(({ said }) => said).toSorted()).toEqual([
        ...Array.from({ length: 4 }, () => 'PROCOS_CLI_ALREADY_RUNNING'),
        'mine',
      ]);
      expect(existsSync(join(folder, 'up.lock'))).toBe(true);
      await expect(openDataFolder(folder)).rejects.toMatchObject({ code: 'PROCOS_CLI_ALREADY_RUNNING' });
    } finally {
      for (const { child } of claims) child.kill('SIGKILL');
      await Promise.all(
        claims.map(async ({ child }) => child.exitCode ?? child.signalCode ?? (await once(child, 'exit'))),
      );
    }

    (await openDataFolder(folder)).removeRun();
    expect(readdirSync(folder).filter((name) => name.startsWith('up.lock'))).toEqual([]);
  }, 30_000);
});

describe('credentials of the engine that are damaged', () => {
  it.each([
    ['', 'it is empty'],
    ['{"user": "procos", "pass', 'it is no JSON'],
    ['null', 'it names no user'],
    ['{"user": "procos"}', 'it holds no password'],
    ['{"user": "procos", "password": ""}', 'it holds no password'],
    ['{"user": 7, "password": "secret"}', 'it names no user'],
  ])('are told with what to do, and never shown: %s', async (content, reason) => {
    writeFileSync(join(folder, 'credentials.json'), content);

    expect(() => data.credentials()).toThrow(
      expect.objectContaining({
        code: 'PROCOS_CLI_CREDENTIALS',
        message: `The credentials of the engine in ${join(folder, 'credentials.json')} cannot be used: ${reason}.`,
      }) as Error,
    );
  });
  let data: DataFolder;
  beforeEach(async () => void (data = await openDataFolder(folder)));
});
