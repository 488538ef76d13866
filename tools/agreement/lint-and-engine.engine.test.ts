import { seededRandom, shuffled } from '@procos/testing';
import { describe, it } from 'vitest';
import { productsUnderTest } from '../engine/engine-calls.ts';
import { compareJudges, isFull, seed } from './compare-judges.ts';
import { caseModels, publishedModels, shippedModels } from './corpus.ts';
import { expectAgreement } from './expect-agreement.ts';
import { mutated } from './mutations.ts';
import { takesCode, useEngine } from './use-engine.ts';

const fullMs = 30 * 60_000;

describe.each(productsUnderTest())('the lint, the dry run and the engine, %s', (product) => {
  const engine = useEngine(product, takesCode);

  it(
    'agree about inputs that once failed and processes that are shipped',
    async () => {
      expectAgreement(
        await compareJudges(
          engine(),
          'cases and shipped models',
          shuffled([...caseModels(), ...shippedModels()], seed),
        ),
        0,
      );
    },
    fullMs,
  );

  it(
    'agree about the published models of the engine itself: no false refusal, no false accept by the dry run, one in a hundred at most by the lint',
    async () => {
      expectAgreement(await compareJudges(engine(), 'published models', shuffled(publishedModels(), seed)));
    },
    fullMs,
  );

  it(
    'agree about shipped models with one fault: no false refusal, no false accept by the dry run, one in a hundred at most by the lint',
    async () => {
      const next = seededRandom(seed);
      const sources = shippedModels();
      const models = Array.from({ length: isFull ? 2_000 : 400 }, () =>
        mutated(sources[Math.floor(next() * sources.length)] ?? sources[0] ?? { name: '', xml: '' }, next),
      );
      expectAgreement(await compareJudges(engine(), 'mutations', models));
    },
    fullMs,
  );
});
