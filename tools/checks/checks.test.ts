import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readOptions } from './options.mjs';
import { type Counts, judge } from './run-step.mjs';
import { allSteps } from './steps.mjs';

const root = resolve(import.meta.dirname, '../..');
const none: Counts = { passed: 0, failed: [], skipped: [] };
const step = { title: 'A step' };

describe('a step of npm test', () => {
  it('has failed when it ended badly, even if all its tests passed', () => {
    expect(judge(step, 1, { ...none, passed: 3 })).toEqual({ ...none, passed: 3, failed: ['A step (exit code 1)'] });
  });

  it('has failed when nothing ran', () => {
    expect(judge(step, 0, none).failed).toEqual(['A step: nothing ran']);
  });

  it('has not failed when all of it was skipped with the reason', () => {
    const skipped = [{ name: 'one', reason: 'rabbitmq cannot be had' }];

    expect(judge(step, 0, { ...none, skipped })).toEqual({ ...none, skipped });
  });

  it('has failed when a test was skipped without a reason', () => {
    const skipped = [
      { name: 'one', reason: 'needs a network' },
      { name: 'two', reason: '' },
    ];

    expect(judge(step, 0, { ...none, passed: 1, skipped })).toEqual({
      passed: 1,
      failed: ["two: skipped without a reason, give one with ctx.skip('…')"],
      skipped: [{ name: 'one', reason: 'needs a network' }],
    });
  });

  it('is chosen by name', () => {
    const steps = allSteps(root);

    expect(readOptions([], steps)).toEqual({ help: false, only: [], all: false, profile: false });
    expect(readOptions(['--all', '--profile'], steps)).toMatchObject({ all: true, profile: true });
    expect(readOptions(['--only', 'lint,types', '--only=unit'], steps).only).toEqual(['lint', 'types', 'unit']);
    expect(() => readOptions(['--olny', 'lint'], steps)).toThrow('Unknown option --olny.');
    expect(() => readOptions(['--only'], steps)).toThrow("There is no step ''.");
  });
});

describe('a command that runs steps', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('takes the running one with it when it is stopped by %s', async (signal) => {
    const code = `
      import { runStep } from ${JSON.stringify(new URL('run-step.mjs', import.meta.url).href)};
      const step = { title: 'A step', args: ['-e', 'console.log("step " + process.pid); setInterval(() => {}, 1000)'] };
      runStep(step, { live: true }).catch((error) => console.log(error.message));`;
    const command = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    command.stdout.on('data', (chunk) => (said += String(chunk)));
    const pid = await vi.waitFor(() => Number(/step (\d+)/.exec(said)?.[1] ?? expect.fail('not started')), 10_000);

    command.kill(signal);
    await once(command, 'close');

    expect(said).toContain(`Stopped by ${signal}.`);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});

describe('the counts of a test run', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'procos-counts-'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const write = (name: string, code: string) =>
      writeFileSync(
        join(folder, `${name}.test.ts`),
        `import { beforeAll, describe, expect, it } from 'vitest';\n${code}`,
      );
    write(
      'mixed',
      "it('holds', () => expect(1).toBe(1)); it('breaks', () => expect(1).toBe(2)); it('waits', (ctx) => ctx.skip('no network')); it['skip']('hides', () => {});",
    );
    write(
      'hook',
      "describe('group', () => { beforeAll(() => { throw new Error('no') }); it('never runs', () => {}); });",
    );
    write('broken', "import './not-there.ts'; it('is not reached', () => {});");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('name what failed and why something was left out, inside and outside of tests', async () => {
    const counts = join(folder, 'counts.json');
    const args = [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--root',
      folder,
      `--reporter=${join(root, 'tools/checks/count-reporter.mjs')}`,
    ];
    await new Promise((done) =>
      execFile(process.execPath, args, { env: { PATH: process.env['PATH'], CHECK_COUNTS_FILE: counts } }, done),
    );

    const { passed, failed, skipped } = JSON.parse(readFileSync(counts, 'utf8')) as Counts;
    expect(passed).toBe(1);
    expect(failed.toSorted()).toEqual([
      expect.stringMatching(/^broken\.test\.ts: .*not-there\.ts/),
      'hook.test.ts > group: no',
      'mixed.test.ts > breaks: expected 1 to be 2 // Object.is equality',
    ]);
    expect(skipped.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
      { name: 'hook.test.ts > group > never runs', reason: 'what runs before it has failed' },
      { name: 'mixed.test.ts > hides', reason: '' },
      { name: 'mixed.test.ts > waits', reason: 'no network' },
    ]);
  }, 60_000);
});
