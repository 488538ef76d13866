// Schemathesis, installed once into an environment of its own, with every package of the pinned list.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { defaultCacheDir, withBuildLock } from '@procos/engine-build';
import { checkout } from '../launched-system.ts';

const requirements = join(import.meta.dirname, 'requirements.txt');
const installTimeoutMs = 240_000;
const execute = promisify(execFile);

export interface Trial {
  readonly ok: boolean;
  /** What it found, with a command that shows each; its summary last. */
  readonly report: string;
}

/** Tries every operation of the service whose base URL is given, as its own document describes it. */
export type TryService = (url: string, sample: Sample) => Promise<Trial>;

export interface Sample {
  readonly seed: number;
  /** So many requests of each kind to each operation are made by chance, besides those at the bounds of each value. */
  readonly examples: number;
}

/**
 * Installed first if need be, half a minute with downloads.
 *
 * @param workDir where it keeps what it has found
 * @returns or why it cannot be had on this machine
 */
export async function schemathesis(workDir: string): Promise<TryService | { readonly missing: string }> {
  const pins = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = join(defaultCacheDir(), 'python', `schemathesis-${pins}`);
  const complete = join(folder, 'complete');
  try {
    if (!existsSync(complete))
      await withBuildLock(`${folder}.lock`, {}, async () => {
        if (existsSync(complete)) return;
        rmSync(folder, { recursive: true, force: true });
        await execute('python3', ['-m', 'venv', folder], { timeout: installTimeoutMs });
        const words = ['install', '--quiet', '--disable-pip-version-check', '-r', requirements];
        await execute(join(folder, 'bin/pip'), words, { timeout: installTimeoutMs });
        writeFileSync(complete, '');
      });
  } catch (thrown) {
    return { missing: `Schemathesis needs Python 3.10 with venv, and its packages: ${String(thrown).slice(0, 300)}` };
  }
  return tryWith(join(folder, 'bin/schemathesis'), workDir);
}

/** Each operation is given what its schema allows and what it does not. */
const tried = ['--checks=all', '--phases=coverage,fuzzing', '--no-color'];

function tryWith(program: string, cwd: string): TryService {
  return async (url, { seed, examples }) => {
    const config = `--config-file=${join(checkout, 'schemathesis.toml')}`;
    const words = [config, 'run', `${url}/openapi.json`, ...tried, `--max-examples=${examples}`, `--seed=${seed}`];
    try {
      const { stdout } = await execute(program, words, { cwd, maxBuffer: 2 ** 26 });
      return { ok: true, report: stdout };
    } catch (thrown) {
      const { stdout = '', stderr = '', message } = thrown as Error & { stdout?: string; stderr?: string };
      return { ok: false, report: stdout + stderr === '' ? message : `${stdout}\n${stderr}` };
    }
  };
}
