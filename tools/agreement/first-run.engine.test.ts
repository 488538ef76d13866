import { lintProcessModel } from '@procos/process-model';
import { shuffled } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import type { LaunchedEngine } from '@procos/engine-build';
import { productsUnderTest } from '../engine/engine-calls.ts';
import { comparable } from './comparable.ts';
import { isFull, seed } from './compare-judges.ts';
import { caseModels, publishedModels, shippedModels } from './corpus.ts';
import { type CheckedProblem, judgeByCheck } from './engine-judge.ts';
import { firstRunOf } from './first-run.ts';
import { useEngine } from './use-engine.ts';

const sampleMs = process.env['CI'] === 'true' ? 20_000 : 8_000;

/** Faults of a run that no reader of the model could have known: it was started without a variable. */
const ofVariables = [
  /Unknown property used in expression|Cannot resolve identifier/,
  /Variable '.*' is not of the expected type 'Collection'/,
  // A `<property>` of a step that is read from a variable.
  /the source variable '(?!null')[^']*' does not exist/,
  // An output that reads a variable, behind an error that the result itself raises.
  /Propagation of bpmn error .* failed/,
];
const missing: ReadonlySet<string> = new Set(['missing-process', 'missing-decision', 'missing-form']);
const ofMissing = /no (?:processes|decision definition|form definition)s? deployed with key/i;

describe.each(productsUnderTest())('the first run of a green model, %s', (product) => {
  const engine = useEngine(product);

  it(
    'meets no fault that could have been seen in the model and was not told',
    async () => {
      const figures = { run: 0, withoutFault: 0, ofVariables: 0, told: 0 };
      const untold: string[] = [];
      const startedAt = performance.now();
      for (const { name, xml } of shuffled([...caseModels(), ...shippedModels(), ...publishedModels()], seed)) {
        if (!isFull && performance.now() - startedAt > sampleMs) break;
        const resources = { 'model.bpmn': comparable(xml) };
        const problems = await greenIn(engine(), resources);
        if (problems === undefined) continue;
        figures.run += 1;
        const faults = await firstRunOf(engine(), resources);
        if (faults.length === 0) figures.withoutFault += 1;
        for (const { process, elementId, message } of faults) {
          if (ofVariables.some((words) => words.test(message))) figures.ofVariables += 1;
          else if (ofMissing.test(message) && problems.some(({ kind }) => missing.has(kind))) figures.told += 1;
          else untold.push(`${name}, ${process} ${elementId ?? ''}: ${message.slice(0, 300)}`);
        }
      }
      process.stderr.write(`  first runs, ${product}, seed ${seed}: ${JSON.stringify(figures)}\n`);

      expect(untold).toEqual([]);
    },
    30 * 60_000,
  );
});

/** @returns what a dry run warns of; `undefined` for a model that the lint or the dry run refuses, or that runs nothing */
async function greenIn(
  engine: LaunchedEngine,
  resources: { readonly 'model.bpmn': string },
): Promise<readonly CheckedProblem[] | undefined> {
  const findings = await lintProcessModel(resources['model.bpmn']);
  if (findings.some(({ severity }) => severity === 'error')) return undefined;
  const problems = await judgeByCheck(engine, resources);
  return problems.some(({ severity }) => severity === 'error') ? undefined : problems;
}
