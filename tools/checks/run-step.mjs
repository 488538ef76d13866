// Runs one step, keeps what it prints, and says how it went as counts.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pinnedNode, root } from '../setup/prepare.mjs';
import { pinnedEnvironment } from '../setup/run-pinned.mjs';

/** Tests start some hundred processes of Node: each finds here what an earlier one has compiled. */
const compileCache = join(root, 'node_modules/.cache/procos/compiled');
const quietNx = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false' };
const endings = ['SIGTERM', 'SIGINT', 'SIGHUP', 'exit'];

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {string[]} failed name of each failed test, with its error
 * @property {{name: string, reason: string}[]} skipped
 */

/**
 * @typedef {object} Timed
 * @property {number} ms
 * @property {{name: string, ms: number}[]} files each test file, loading included
 * @property {string} output
 *
 * @typedef {Counts & Timed} StepResult
 * @typedef {Counts & Pick<Timed, 'files'>} FileCounts what the reporter leaves behind
 */

/**
 * @param {Pick<import('./steps.mjs').Step, 'title' | 'args' | 'counts'>} step
 * @param {{live: boolean}} options live: what it prints appears at once
 * @returns {Promise<StepResult>}
 */
export async function runStep(step, { live }) {
  const startedAt = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'procos-test-'));
  const countsFile = join(folder, 'counts.json');
  try {
    const { code, output } = await run(step.args, { live, env: { CHECK_COUNTS_FILE: countsFile } });
    const counts = step.counts ? readCounts(countsFile) : { ...nothing, passed: code === 0 ? 1 : 0 };
    return { ...judge(step, code, counts), files: counts.files, ms: performance.now() - startedAt, output };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A step that ended badly has failed, whatever it counted; so has one in which nothing ran, or something was left out silently.
 * What cannot run on this machine, and says so, is no failure.
 * @param {Pick<import('./steps.mjs').Step, 'title'>} step
 * @param {number | null} code exit code
 * @param {Counts} counts
 * @returns {Counts}
 */
export function judge(step, code, counts) {
  const failed = [...counts.failed];
  for (const { name, reason } of counts.skipped)
    if (reason === '') failed.push(`${name}: skipped without a reason, give one with ctx.skip('…')`);
  if (failed.length === 0 && code !== 0) failed.push(`${step.title} (exit code ${code})`);
  if (failed.length === 0 && counts.passed === 0 && counts.skipped.length === 0)
    failed.push(`${step.title}: nothing ran`);
  return { passed: counts.passed, failed, skipped: counts.skipped.filter(({ reason }) => reason !== '') };
}

/** @type {FileCounts} */
const nothing = { passed: 0, failed: [], skipped: [], files: [] };

/** @param {string} file @returns {FileCounts} */
function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // The run ended before it could count: its exit code tells.
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return nothing;
    throw error;
  }
}

/**
 * @param {readonly string[]} args
 * @param {{live: boolean, env: Record<string, string>}} options
 * @returns {Promise<{code: number | null, output: string}>}
 */
function run(args, { live, env }) {
  return new Promise((resolve, reject) => {
    // The child would go on without us, and what it has started would be left behind: listens before there is one.
    /** @type {unknown} */
    let stoppedBy;
    const stop = (/** @type {unknown} */ signal) => {
      stoppedBy = signal;
      child.kill('SIGTERM');
    };
    for (const event of endings) process.once(event, stop);
    const child = spawn(pinnedNode, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: pinnedEnvironment({ NODE_COMPILE_CACHE: compileCache, ...env, ...quietNx }),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk.toString();
        if (live) process.stdout.write(chunk);
      });
    }
    child.once('error', reject);
    child.once('close', (code, signal) => {
      for (const event of endings) process.off(event, stop);
      if (stoppedBy === undefined) resolve({ code: signal ? 1 : code, output });
      else reject(stopped(stoppedBy));
    });
  });
}

/** Whoever stopped us knows where it came from. @param {unknown} signal @returns {Error} */
function stopped(signal) {
  const error = new Error(`Stopped by ${signal}.`);
  error.stack = error.message;
  return error;
}
