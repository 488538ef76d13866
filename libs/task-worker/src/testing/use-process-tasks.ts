import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ProcessDriver, useProcessDriver } from '@procos/testing';
import { afterAll, expect, inject } from 'vitest';
import type { WorkerProcessOptions } from './worker-process.ts';

const model = new URL('./process-task.bpmn', import.meta.url);

/** Tasks of one test file for workers in processes of their own, and the outside system that takes their effects. */
export interface ProcessTasks {
  readonly driver: ProcessDriver;
  /** Where a worker journals, of what it takes its tasks. */
  readonly options: Pick<WorkerProcessOptions, 'engine' | 'topic' | 'name' | 'journalDir'>;
  /** Starts an instance with one task. @returns its id */
  start(): Promise<string>;
  /** A folder for the journals of another machine. */
  elsewhere(name: string): string;
  /** A new outside system: a folder with a file per effect, and the list of all tries. */
  sink(): string;
  tries(sinkDir: string): string[];
  /** Every effect once, however often it was tried. */
  expectEachOnce(sinkDir: string, processInstanceIds: readonly string[]): void;
}

/** @param name of process and topic: no other file that may run at the same time has it */
export function useProcessTasks(name: string): ProcessTasks {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const file = join(folder, `${name}.bpmn`);
  writeFileSync(
    file,
    readFileSync(model, 'utf8').replace('id="process_task"', `id="${name}"`).replace('"process_test"', `"${name}"`),
  );
  const driver = useProcessDriver(pathToFileURL(file));
  afterAll(() => rmSync(folder, { recursive: true }));
  const elsewhere = (place: string) => {
    mkdirSync(join(folder, place), { recursive: true });
    return join(folder, place);
  };
  return {
    driver,
    options: { engine: inject('engine'), topic: name, name: 'victim', journalDir: elsewhere('journal') },
    start: () => driver.start(name),
    elsewhere,
    sink: () => mkdtempSync(join(folder, 'sink-')),
    tries: (sinkDir) => readFileSync(join(sinkDir, 'tries.log'), 'utf8').trim().split('\n'),
    expectEachOnce: (sinkDir, processInstanceIds) => {
      const effects = readdirSync(sinkDir).filter((effect) => effect !== 'tries.log');
      expect(effects.map((effect) => readFileSync(join(sinkDir, effect), 'utf8')).sort()).toEqual(
        [...processInstanceIds].sort(),
      );
    },
  };
}
