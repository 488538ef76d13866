import { lintProcessModel } from '@procos/process-model';
import { seededRandom } from '@procos/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { productsUnderTest } from '../engine/engine-calls.ts';
import { launchEngine, type LaunchedEngine } from '../engine/launch-engine.mjs';
import { type Verdict, verdictOf } from './agreement.ts';
import { comparable } from './comparable.ts';
import { caseModels, type CorpusModel, publishedModels, shippedModels } from './corpus.ts';
import { judgeByEngine } from './engine-judge.ts';
import { mutated } from './mutations.ts';

/** `PROCOS_AGREEMENT=full`: every model and 2,000 mutations; otherwise a sample of each kind for at most so long. */
const isFull = process.env['PROCOS_AGREEMENT'] === 'full';
const sampleMs = 15_000;
const seed = Number(process.env['PROCOS_AGREEMENT_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const fullMs = 30 * 60_000;

interface Disagreement {
  readonly name: string;
  readonly why: string;
}

interface Figures {
  readonly counts: Record<Verdict, number>;
  readonly falseAccepts: Disagreement[];
  readonly falseRefusals: Disagreement[];
}

describe.each(productsUnderTest())('the lint and the engine, %s', (product) => {
  let engine: LaunchedEngine;

  beforeAll(async () => {
    // The engine as its makers ship it in this respect: that ours refuses code is a policy, and would hide everything else.
    engine = await launchEngine({ product, inMemory: true, env: { PROCOS_ENGINE_REFUSE_EMBEDDED_CODE: 'false' } });
  }, 600_000);
  afterAll(() => engine.stop());

  it(
    'agree about inputs that once failed and processes that are shipped',
    async () => {
      const { falseAccepts, falseRefusals } = await compare(
        engine,
        'cases and shipped models',
        shuffled([...caseModels(), ...shippedModels()]),
      );

      expect(falseRefusals).toEqual([]);
      expect(falseAccepts).toEqual([]);
    },
    fullMs,
  );

  it(
    'agree about the published models of the engine itself: no false refusal, at most one false accept in a hundred',
    async () => {
      const { counts, falseAccepts, falseRefusals } = await compare(
        engine,
        'published models',
        shuffled(publishedModels()),
      );

      expect(falseRefusals).toEqual([]);
      expect(falseAccepts.length).toBeLessThanOrEqual(Math.ceil(total(counts) / 100));
    },
    fullMs,
  );

  it(
    'agree about shipped models with one fault: no false refusal, at most one false accept in a hundred',
    async () => {
      const next = seededRandom(seed);
      const sources = shippedModels();
      const models = Array.from({ length: isFull ? 2_000 : 400 }, () =>
        mutated(sources[Math.floor(next() * sources.length)] ?? sources[0] ?? { name: '', xml: '' }, next),
      );
      const { counts, falseAccepts, falseRefusals } = await compare(engine, 'mutations', models);

      expect(falseRefusals).toEqual([]);
      expect(falseAccepts.length).toBeLessThanOrEqual(Math.ceil(total(counts) / 100));
    },
    fullMs,
  );
});

async function compare(engine: LaunchedEngine, what: string, models: readonly CorpusModel[]): Promise<Figures> {
  const figures: Figures = {
    counts: { agree: 0, policy: 0, masked: 0, 'false-accept': 0, 'false-refusal': 0 },
    falseAccepts: [],
    falseRefusals: [],
  };
  const startedAt = performance.now();
  for (const { name, xml } of models) {
    if (!isFull && performance.now() - startedAt > sampleMs) break;
    const text = comparable(xml);
    const findings = await lintProcessModel(text);
    const answer = await judgeByEngine(engine, text);
    const verdict = verdictOf(findings, answer);
    figures.counts[verdict] += 1;
    if (verdict === 'false-accept') figures.falseAccepts.push({ name, why: answer.reason });
    if (verdict === 'false-refusal')
      figures.falseRefusals.push({
        name,
        why: findings
          .map(({ rule, elementId, message }) => `[${rule}] ${elementId}: ${message}`)
          .join('; ')
          .slice(0, 400),
      });
  }
  const { counts } = figures;
  process.stderr.write(
    `  ${what}, seed ${seed}: ${total(counts)} of ${models.length} models, ${JSON.stringify(counts)}\n`,
  );
  return figures;
}

function shuffled(models: readonly CorpusModel[]): CorpusModel[] {
  const next = seededRandom(seed);
  return models
    .map((model) => ({ model, at: next() }))
    .toSorted((left, right) => left.at - right.at)
    .map(({ model }) => model);
}

function total(counts: Readonly<Record<Verdict, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
