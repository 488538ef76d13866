import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Environment } from '@procos/config';
import { defaultCacheDir, ENGINE_SOURCES, ensureEngine } from '@procos/engine-build';
import { messageOf } from '@procos/errors';
import { systemErrors } from './errors.ts';

/** Root of the checkout that this file is part of. */
export const checkoutRoot = resolve(import.meta.dirname, '../../../..');

/**
 * The built engine: `PROCOS_ENGINE_HOME`, else the one in the cache, built now if need be and if its sources are there.
 *
 * @throws PROCOS_CLI_NO_ENGINE
 */
export async function findEngineHome(env: Environment): Promise<string> {
  const given = env['PROCOS_ENGINE_HOME'];
  if (given !== undefined && given !== '') return given;
  if (!existsSync(ENGINE_SOURCES)) throw systemErrors.PROCOS_CLI_NO_ENGINE({ reason: 'PROCOS_ENGINE_HOME is not set' });
  try {
    const { home } = await ensureEngine({ cacheDir: defaultCacheDir(env), javaHome: env['JAVA_HOME'] });
    return home;
  } catch (fault) {
    throw systemErrors.PROCOS_CLI_NO_ENGINE({ reason: messageOf(fault) }, fault);
  }
}
