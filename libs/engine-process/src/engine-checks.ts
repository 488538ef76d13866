import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { messageOf } from '@procos/errors';
import { type EngineHome, readEngineHome } from './engine-home.ts';
import type { EngineSupervisionSettings } from './engine-settings.ts';

/** One thing that a boot needs, by the name that people know it under. */
export interface EnvironmentCheck {
  readonly name: 'Java Runtime' | 'Camunda Engine' | 'Message Broker' | 'Process Definitions';
  /** What was found, in a few words. */
  readonly detail: string;
  /** Why nothing can be booted, and what to do; without it all is well. */
  readonly faults?: readonly string[];
}

/** What an engine needs of this machine. Without a built engine the one that runs already is used, and nothing is needed. */
export function engineChecks(settings: EngineSupervisionSettings): readonly EnvironmentCheck[] {
  const { engineHome, engineBaseUrl, engineDataDir } = settings;
  if (engineHome === undefined)
    return [
      { name: 'Java Runtime', detail: 'not needed: no engine is started here' },
      { name: 'Camunda Engine', detail: `the one at ${engineBaseUrl}` },
    ];
  const folderFaults = dataFolderFaults(resolve(engineDataDir));
  try {
    const built = readEngineHome(engineHome);
    const detail = `${[built.product, built.version].filter(Boolean).join(' ')} in ${engineHome}`;
    return [javaCheck(built), { name: 'Camunda Engine', detail, ...faults(folderFaults) }];
  } catch (fault) {
    const missing = `There is no built engine in ${engineHome} (${messageOf(fault)}). Run npm start, which builds it`;
    return [
      { name: 'Java Runtime', detail: 'named by the engine, which is missing' },
      { name: 'Camunda Engine', detail: 'missing', ...faults([...folderFaults, missing]) },
    ];
  }
}

function javaCheck({ java }: EngineHome): EnvironmentCheck {
  const { error, stderr } = spawnSync(java, ['-version'], { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  // Above its version Java says which options the environment gives it.
  const version = stderr.split('\n').find((line) => / version "/.test(line));
  if (error === undefined) return { name: 'Java Runtime', detail: version?.trim() ?? java };
  const advice = 'Install a JDK 17 or newer, for example the package openjdk-17-jdk';
  return {
    name: 'Java Runtime',
    detail: 'missing',
    faults: [`Java cannot be run (${java}: ${error.message}). ${advice}`],
  };
}

function dataFolderFaults(folder: string): readonly string[] {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return [];
  } catch (fault) {
    return [`The data folder cannot be written: ${folder} (${messageOf(fault)}). Choose another with --data-dir`];
  }
}

/** Left out when there is none. */
const faults = (found: readonly string[]) => (found.length === 0 ? {} : { faults: found });
