import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Environment } from '@procos/config';
import { messageOf } from '@procos/errors';
import { systemErrors } from './errors.ts';

/** Root of the checkout that this file is part of. */
export const checkoutRoot = resolve(import.meta.dirname, '../../../..');

/**
 * The built engine: `PROCOS_ENGINE_HOME`, else the one in the cache, built now if need be.
 *
 * @throws PROCOS_CLI_NO_ENGINE
 */
export async function findEngineHome(env: Environment): Promise<string> {
  const given = env['PROCOS_ENGINE_HOME'];
  if (given !== undefined && given !== '') return given;
  const builder = join(checkoutRoot, 'tools/engine/build-engine.mjs');
  if (!existsSync(builder)) throw systemErrors.PROCOS_CLI_NO_ENGINE({ reason: 'PROCOS_ENGINE_HOME is not set' });
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [builder, '--json'], {
      env: { ...env },
      maxBuffer: 1024 * 1024,
    });
    const { home } = JSON.parse(stdout) as { home: string };
    return home;
  } catch (fault) {
    throw systemErrors.PROCOS_CLI_NO_ENGINE({ reason: lastWords(fault) }, fault);
  }
}

function lastWords(fault: unknown): string {
  const stderr = fault instanceof Error && 'stderr' in fault ? String(fault.stderr).trim() : '';
  return stderr === '' ? messageOf(fault) : stderr;
}
