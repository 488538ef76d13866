import { type LintFinding, lintProcessModel } from '@procos/process-model';
import { seededRandom } from '@procos/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { productsUnderTest } from '../engine/engine-calls.ts';
import { launchEngine, type LaunchedEngine } from '../engine/launch-engine.mjs';
import { checkVerdictOf, type Verdict, verdictOf } from './agreement.ts';
import { comparable } from './comparable.ts';
import { caseModels, type CorpusModel, publishedModels, shippedModels } from './corpus.ts';
import { type CheckedProblem, judgeByCheck, judgeByEngine } from './engine-judge.ts';
import { mutated } from './mutations.ts';

/** `PROCOS_AGREEMENT=full`: every model and 2,000 mutations; otherwise a sample of each kind for at most so long. */
const isFull = process.env['PROCOS_AGREEMENT'] === 'full';
const sampleMs = 15_000;
const seed = Number(process.env['PROCOS_AGREEMENT_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const fullMs = 30 * 60_000;

const verdicts = { agree: 0, policy: 0, masked: 0, 'false-accept': 0, 'false-refusal': 0 } satisfies Record<
  Verdict,
  number
>;

interface Disagreement {
  readonly name: string;
  readonly why: string;
}

/** How one judge compares with the engine. */
interface Figures {
  readonly counts: Record<Verdict, number>;
  readonly falseAccepts: Disagreement[];
  readonly falseRefusals: Disagreement[];
}

interface Compared {
  readonly models: number;
  readonly lint: Figures;
  /** The check of a deployment that a dry run asks for. */
  readonly dryRun: Figures;
}

describe.each(productsUnderTest())('the lint, the dry run and the engine, %s', (product) => {
  let engine: LaunchedEngine;

  beforeAll(async () => {
    // The engine as its makers ship it in this respect: that ours refuses code is a policy, and would hide everything else.
    engine = await launchEngine({ product, inMemory: true, env: { PROCOS_ENGINE_REFUSE_EMBEDDED_CODE: 'false' } });
  }, 600_000);
  afterAll(() => engine.stop());

  it(
    'agree about inputs that once failed and processes that are shipped',
    async () => {
      expectAgreement(
        await compare(engine, 'cases and shipped models', shuffled([...caseModels(), ...shippedModels()])),
        0,
      );
    },
    fullMs,
  );

  it(
    'agree about the published models of the engine itself: no false refusal, no false accept by the dry run, one in a hundred at most by the lint',
    async () => {
      expectAgreement(await compare(engine, 'published models', shuffled(publishedModels())));
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
      expectAgreement(await compare(engine, 'mutations', models));
    },
    fullMs,
  );
});

async function compare(engine: LaunchedEngine, what: string, models: readonly CorpusModel[]): Promise<Compared> {
  const figures = (): Figures => ({ counts: { ...verdicts }, falseAccepts: [], falseRefusals: [] });
  const [lint, dryRun] = [figures(), figures()];
  const startedAt = performance.now();
  let done = 0;
  for (const { name, xml } of models) {
    if (!isFull && performance.now() - startedAt > sampleMs) break;
    done += 1;
    const text = comparable(xml);
    const findings = await lintProcessModel(text);
    const problems = await judgeByCheck(engine, { 'model.bpmn': text });
    const answer = await judgeByEngine(engine, text);
    count(lint, verdictOf(findings, answer), name, answer.reason, findings.map(toldFinding));
    count(dryRun, checkVerdictOf(problems, answer), name, answer.reason, problems.map(toldProblem));
  }
  process.stderr.write(
    `  ${what}, seed ${seed}: ${done} of ${models.length} models; lint ${JSON.stringify(lint.counts)}, dry run ${JSON.stringify(dryRun.counts)}\n`,
  );
  return { models: done, lint, dryRun };
}

function count(
  { counts, falseAccepts, falseRefusals }: Figures,
  verdict: Verdict,
  name: string,
  ofEngine: string,
  ofJudge: readonly string[],
): void {
  counts[verdict] += 1;
  if (verdict === 'false-accept') falseAccepts.push({ name, why: ofEngine });
  if (verdict === 'false-refusal') falseRefusals.push({ name, why: ofJudge.join('; ').slice(0, 400) });
}

const toldFinding = ({ rule, elementId, message }: LintFinding): string => `[${rule}] ${elementId}: ${message}`;
const toldProblem = ({ kind, elementId, message }: CheckedProblem): string =>
  `[${kind}] ${elementId ?? '?'}: ${message}`;

/** A dry run is never wrong; the lint alone is wrong about one model in a hundred at most, and refuses none wrongly. */
function expectAgreement({ models, lint, dryRun }: Compared, falseAcceptsOfLint = Math.ceil(models / 100)): void {
  expect(dryRun.falseRefusals).toEqual([]);
  expect(dryRun.falseAccepts).toEqual([]);
  expect(lint.falseRefusals).toEqual([]);
  expect(lint.falseAccepts.slice(falseAcceptsOfLint)).toEqual([]);
}

function shuffled(models: readonly CorpusModel[]): CorpusModel[] {
  const next = seededRandom(seed);
  return models
    .map((model) => ({ model, at: next() }))
    .toSorted((left, right) => left.at - right.at)
    .map(({ model }) => model);
}
