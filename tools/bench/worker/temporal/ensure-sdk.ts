// Temporal's TypeScript SDK, installed on demand into the cache folder: it is too heavy for everybody who only works on ProcOS.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultCacheDir, withBuildLock } from '@procos/engine-build';

const FILES = ['package.json', 'package-lock.json'];

/** Thrown when the SDK cannot be installed. */
export class SdkInstallError extends Error {
  override name = 'SdkInstallError';
}

/**
 * Installs the SDK as locked in `sdk`, once per content of the lockfile.
 *
 * @returns the folder that holds its `node_modules`
 * @throws {SdkInstallError}
 */
export async function ensureTemporalSdk(say: (message: string) => void): Promise<string> {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}\0`);
  for (const file of FILES) hash.update(readFileSync(join(import.meta.dirname, 'sdk', file))).update('\0');
  const folder = join(defaultCacheDir(), 'bench', `temporal-sdk-${hash.digest('hex').slice(0, 16)}`);
  const stamp = join(folder, 'installed');
  if (existsSync(stamp)) return folder;
  const onWait = (pid: number) => say(`the Temporal SDK is being installed by process ${pid}, waiting for it`);
  await withBuildLock(`${folder}.lock`, { onWait }, async () => {
    if (existsSync(stamp)) return;
    say('installing the Temporal SDK once with npm ci');
    mkdirSync(folder, { recursive: true });
    for (const file of FILES) copyFileSync(join(import.meta.dirname, 'sdk', file), join(folder, file));
    await install(folder);
    writeFileSync(stamp, `${new Date().toISOString()}\n`);
  });
  return folder;
}

async function install(folder: string): Promise<void> {
  const windows = process.platform === 'win32';
  // Its native parts come inside the packages: no script of an install is needed.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const child = spawn(windows ? 'npm.cmd' : 'npm', args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: windows,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code !== 0)
    throw new SdkInstallError(`npm ci of the Temporal SDK ended with exit code ${code}: ${output.trim()}`);
}
