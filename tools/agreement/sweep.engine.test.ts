import { lintProcessModel } from '@procos/process-model';
import { shuffled } from '@procos/testing';
import { describe, it } from 'vitest';
import { productsUnderTest } from '../engine/engine-calls.ts';
import { comparable } from './comparable.ts';
import { compareJudges, seed } from './compare-judges.ts';
import { caseModels, type CorpusModel, shippedModels } from './corpus.ts';
import { expectAgreement } from './expect-agreement.ts';
import { sweep } from './sweep.ts';
import { takesCode, useEngine } from './use-engine.ts';

describe.each(productsUnderTest())('the lint, the dry run and the engine, value by value, %s', (product) => {
  const engine = useEngine(product, takesCode);

  it(
    'agree about every attribute and text with every value that does not belong there: no false refusal, no false accept by the dry run, one in a hundred at most by the lint',
    async () => {
      const sources = shuffled([...(await soundModels(caseModels())), ...shippedModels()], seed);
      expectAgreement(await compareJudges(engine(), 'values', shuffled(sweep(sources), seed)));
    },
    60 * 60_000,
  );
});

/** A fault that was there before would be what all of them see. */
async function soundModels(models: readonly CorpusModel[]): Promise<CorpusModel[]> {
  const sound: CorpusModel[] = [];
  for (const model of models) {
    const findings = await lintProcessModel(comparable(model.xml));
    if (findings.every(({ severity }) => severity !== 'error')) sound.push({ ...model, xml: comparable(model.xml) });
  }
  return sound;
}
