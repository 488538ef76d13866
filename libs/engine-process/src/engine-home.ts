import { readFileSync } from 'node:fs';
import { join } from 'node:path';

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
