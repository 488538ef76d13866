// Temporal's TypeScript SDK, installed on demand into the cache folder: it is too heavy for everybody who only works on ProcOS.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withBuildLock } from '../../../../libs/engine-build/src/build-lock.mjs';
import { defaultCacheDir } from '../../../../libs/engine-build/src/engine-cache.mjs';

const FILES = ['package.json', 'package-lock.json'];

/** Thrown when the SDK cannot be installed. */
export class SdkInstallError extends Error {
  name = 'SdkInstallError';
}

/**
 * Installs the SDK as locked beside this file, once per content of the lockfile.
 * @param {(message: string) => void} say
 * @returns {Promise<string>} the folder that holds its `node_modules`
 * @throws {SdkInstallError}
 */
export async function ensureTemporalSdk(say) {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}\0`);
  for (const file of FILES) hash.update(readFileSync(join(import.meta.dirname, file))).update('\0');
  const folder = join(defaultCacheDir(), 'bench', `temporal-sdk-${hash.digest('hex').slice(0, 16)}`);
  const stamp = join(folder, 'installed');
  if (existsSync(stamp)) return folder;
  const onWait = (pid) => say(`the Temporal SDK is being installed by process ${pid}, waiting for it`);
  await withBuildLock(`${folder}.lock`, { onWait }, async () => {
    if (existsSync(stamp)) return;
    say('installing the Temporal SDK once with npm ci');
    mkdirSync(folder, { recursive: true });
    for (const file of FILES) copyFileSync(join(import.meta.dirname, file), join(folder, file));
    await install(folder);
    writeFileSync(stamp, `${new Date().toISOString()}\n`);
  });
  return folder;
}

async function install(folder) {
  const windows = process.platform === 'win32';
  // Its native parts come inside the packages: no script of an install is needed.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const child = spawn(windows ? 'npm.cmd' : 'npm', args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: windows,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0)
    throw new SdkInstallError(`npm ci of the Temporal SDK ended with exit code ${code}: ${output.trim()}`);
}
