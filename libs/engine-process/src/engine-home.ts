import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '@procos/errors';

/** How to start a built engine: the content of its engine.json (format described in infra/engine/README.md). */
export interface EngineHome {
  readonly java: string;
  readonly args: readonly string[];
  readonly product: string;
  readonly version: string;
}

/** Reads engine.json of a built engine. @throws Error when there is none */
export function readEngineHome(home: string): EngineHome {
  return JSON.parse(readFileSync(join(home, 'engine.json'), 'utf8')) as EngineHome;
}

/** Why an engine could not be started from this folder; empty when it could. Each text says what to do. */
export function engineHomeFaults(home: string): readonly string[] {
  try {
    const { java } = readEngineHome(home);
    const { error } = spawnSync(java, ['-version'], { stdio: 'ignore' });
    return error === undefined
      ? []
      : [
          `Java cannot be run (${java}: ${error.message}). Install a JDK 17 or newer, for example the package openjdk-17-jdk`,
        ];
  } catch (fault) {
    return [`There is no built engine in ${home} (${messageOf(fault)}). Run npm start, which builds it`];
  }
}
