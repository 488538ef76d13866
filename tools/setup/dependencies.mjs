// The npm packages of the lockfile, installed once per content of the lockfile.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withBuildLock } from '../../libs/engine-build/src/build-lock.mjs';

const STAMP = 'node_modules/.procos-installed';
const REPORT_EVERY_MS = 5_000;

/** Thrown when npm could not install the packages. */
export class InstallError extends Error {
  /** @override */
  name = 'InstallError';
}

/**
 * Makes sure that node_modules holds what the lockfile says.
 * @param {string} root folder of the checkout
 * @param {(message: string) => void} report
 * @throws {InstallError}
 */
export async function ensureDependencies(root, report) {
  if (isInstalled(root)) return;
  const onWait = (/** @type {number} */ pid) =>
    report(`another installation is under way (process ${pid}), waiting for it`);
  await withBuildLock(join(root, '.procos', 'install.lock'), { onWait }, async () => {
    if (isInstalled(root)) return;
    const packages = Object.keys(lockedPackages(root, 'package-lock.json')).length;
    report(`installing ${packages} of them with npm ci, half a minute to some minutes the first time`);
    await install(root, report);
    writeFileSync(join(root, STAMP), lockHash(root));
  });
}

/** True when the packages are those of the lockfile, whoever installed them. @param {string} root @returns {boolean} */
export function isInstalled(root) {
  const stamp = join(root, STAMP);
  if (!existsSync(join(root, 'node_modules', 'node'))) return false;
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === lockHash(root);
  if (!sameAsNpmWrote(root)) return false;
  writeFileSync(stamp, lockHash(root));
  return true;
}

/** @param {string} root @returns {string} */
function lockHash(root) {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}\n`);
  return hash.update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
}

/** @param {string} root @param {string} file @returns {Record<string, {version?: string, optional?: boolean}>} */
function lockedPackages(root, file) {
  return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
}

/** npm leaves a copy of the lockfile behind when an installation is complete. @param {string} root @returns {boolean} */
function sameAsNpmWrote(root) {
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) return false;
  const installed = lockedPackages(root, 'node_modules/.package-lock.json');
  const wanted = Object.entries(lockedPackages(root, 'package-lock.json')).filter(
    ([path, entry]) => path.includes('node_modules/') && !entry.optional,
  );
  return wanted.every(([path, entry]) => installed[path]?.version === entry.version);
}

/** @param {string} root @param {(message: string) => void} report */
async function install(root, report) {
  const startedAt = performance.now();
  const tick = setInterval(() => report(`npm is at work (${seconds(startedAt)} s)`), REPORT_EVERY_MS);
  try {
    const { code, output } = await npm(root, ['ci', '--loglevel=error', '--no-audit', '--no-fund']);
    if (code !== 0) {
      throw new InstallError(
        `npm ci failed (exit code ${code}):\n${output.trim()}\nThe first installation downloads packages: the npm registry, or the mirror named in .npmrc, must be reachable.`,
      );
    }
    report(`installed in ${seconds(startedAt)} s`);
  } finally {
    clearInterval(tick);
  }
}

/** @param {string} root @param {readonly string[]} args @returns {Promise<{code: number | null, output: string}>} */
function npm(root, args) {
  // Under `npm start` this is the npm that runs us; otherwise the one on the path.
  const own = process.env['npm_execpath'] ?? '';
  const isScript = /npm-cli\.c?js$/.test(own);
  const command = isScript ? process.execPath : process.platform === 'win32' ? 'npm.cmd' : 'npm';
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...(isScript ? [own] : []), ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: command.endsWith('.cmd'),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk.toString()));
    child.once('error', (error) =>
      reject(new InstallError(`npm could not be started: ${error.message}. It comes with Node: install Node again.`)),
    );
    child.once('close', (code) => resolve({ code, output }));
  });
}

/** @param {number} since @returns {number} */
function seconds(since) {
  return Math.round((performance.now() - since) / 1000);
}
