import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defaultCacheDir, engineKey, findJava, findMaven, type JavaRuntime } from '@procos/engine-build';
import { messageOf } from '@procos/errors';
import type { Check, DoctorContext, Finding } from './check.ts';

export const checkJava: Check = async (context) =>
  found('Java', 'problem', async () => {
    const { version, home } = java(context);
    return `${version} at ${home}`;
  });

/** Maven and the compiler build the engine once; with a built engine they are not needed. */
export const checkMaven: Check = async (context) => {
  const severity = (await builtEngine(context)) === undefined ? 'problem' : 'note';
  return found('Maven', severity, async () => {
    const { version, command } = findMaven(java(context));
    return `${version} (${command})`;
  });
};

export const checkEngineCache: Check = async (context) => {
  const home = await builtEngine(context);
  if (home !== undefined) return { check: 'Engine', state: 'ok', detail: `built, in ${home}` };
  return {
    check: 'Engine',
    state: 'note',
    detail: 'not built yet for this Java',
    remedy: 'Nothing to do: npx procos up builds it once, in a minute or two.',
  };
};

function java({ io }: DoctorContext): JavaRuntime {
  return findJava({ javaHome: io.env['JAVA_HOME'] });
}

/** Folder of the engine built from these sources for this Java; `undefined` when there is none. */
async function builtEngine(context: DoctorContext): Promise<string | undefined> {
  try {
    const home = join(defaultCacheDir(), 'engine', `operaton-${engineKey('operaton', java(context))}`);
    return existsSync(join(home, 'engine.json')) ? home : undefined;
  } catch (error) {
    if (isMissingTool(error)) return undefined;
    throw error;
  }
}

/** The message of a missing tool has the problem in its first line and what to install in the others. */
async function found(check: string, severity: 'problem' | 'note', look: () => Promise<string>): Promise<Finding> {
  try {
    return { check, state: 'ok', detail: await look() };
  } catch (error) {
    if (!isMissingTool(error)) throw error;
    const [detail = '', ...remedy] = messageOf(error).split('\n');
    return { check, state: severity, detail, remedy: remedy.join('\n') };
  }
}

function isMissingTool(error: unknown): boolean {
  return error instanceof Error && error.name === 'MissingToolError';
}
