import { lintDecisions, lintForm } from '@procos/process-model';
import { seededRandom, shuffled } from '@procos/testing';
import { describe, it } from 'vitest';
import { productsUnderTest } from '../engine/engine-calls.ts';
import { compareJudges, isFull, type JudgedKind, seed } from './compare-judges.ts';
import { type CorpusModel, publishedDecisions, publishedForms } from './corpus.ts';
import { expectAgreement } from './expect-agreement.ts';
import { mutated } from './mutations.ts';
import { sweep } from './sweep.ts';
import { takesCode, useEngine } from './use-engine.ts';

const decisions: JudgedKind = {
  fileName: 'model.dmn',
  lint: (text) => lintDecisions(text),
  // Without it the engine would stop there and say nothing about the rest.
  comparable: (text) =>
    text.replaceAll(
      /<((?:\w+:)?decision)(?=\s)(?!(?:[^<>"]|"[^"]*")*historyTimeToLive)/g,
      (tag) => `${tag} xmlns:kept="http://camunda.org/schema/1.0/dmn" kept:historyTimeToLive="P1D"`,
    ),
};
const forms: JudgedKind = { fileName: 'model.form', lint: (text) => lintForm(text), comparable: (text) => text };

const fullMs = 30 * 60_000;

describe.each(productsUnderTest())('the lint of decisions and forms, the dry run and the engine, %s', (product) => {
  const engine = useEngine(product, takesCode);

  it(
    'agree about the published decisions of the engine itself',
    async () => {
      expectAgreement(await compareJudges(engine(), 'decisions', shuffled(publishedDecisions(), seed), decisions));
    },
    fullMs,
  );

  it(
    'agree about decisions with one fault',
    async () => {
      const sources = shuffled(publishedDecisions(), seed);
      const next = seededRandom(seed);
      const faulty = Array.from({ length: isFull ? 1_000 : 300 }, () =>
        mutated(sources[Math.floor(next() * sources.length)] ?? { name: '', xml: '' }, next),
      );
      expectAgreement(await compareJudges(engine(), 'decisions with one fault', faulty, decisions));
      expectAgreement(await compareJudges(engine(), 'values of decisions', shuffled(sweep(sources), seed), decisions));
    },
    fullMs,
  );

  it(
    'agree about forms, right ones and broken ones',
    async () => {
      expectAgreement(await compareJudges(engine(), 'forms', [...publishedForms(), ...brokenForms], forms), 0);
    },
    fullMs,
  );
});

const brokenForms: readonly CorpusModel[] = [
  '',
  ' ',
  'null',
  'true',
  '"form"',
  '[]',
  '{}',
  '{"id":"f"',
  '{"id":"f"}}',
  '{"id":"f"} {"id":"g"}',
  '{"id":"f",}',
  "{'id':'f'}",
  '{id:"f"}',
  '// a note\n{"id":"f"}',
  '<form id="f" />',
  '{"id":null}',
  '{"id":""}',
  '{"id":" "}',
  '{"id":7}',
  '{"id":true}',
  '{"id":{}}',
  '{"id":["f"]}',
  '{"id":["f","g"]}',
  '{"key":"f"}',
  '{"id":"f","id":"g"}',
  `{"id":"${'f'.repeat(255)}"}`,
  `{"id":"${'f'.repeat(256)}"}`,
  '{"id":"f","schemaVersion":99}',
  '{"id":"f","components":{}}',
  '\uFEFF{"id":"f"}',
  '{"id":"größe"}',
].map((xml) => ({ name: `form ${xml.slice(0, 40)}`, xml }));
