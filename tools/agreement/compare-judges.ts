import { type LintFinding, lintProcessModel } from '@procos/process-model';
import type { LaunchedEngine } from '@procos/engine-build';
import { checkVerdictOf, type Verdict, verdictOf } from './agreement.ts';
import { comparable } from './comparable.ts';
import type { CorpusModel } from './corpus.ts';
import { type CheckedProblem, judgeByCheck, judgeByEngine } from './engine-judge.ts';

/** `PROCOS_AGREEMENT=full`: every model; otherwise a sample of each kind for so long, in continuous integration for longer. */
export const isFull = process.env['PROCOS_AGREEMENT'] === 'full';
const sampleMs = process.env['CI'] === 'true' ? 15_000 : 6_000;
/** Of the sample; printed with the figures. `PROCOS_AGREEMENT_SEED` for the same sample again; else that of every test. */
export const seed = Number(
  process.env['PROCOS_AGREEMENT_SEED'] ?? process.env['PROCOS_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31),
);

const verdicts = { agree: 0, policy: 0, masked: 0, 'false-accept': 0, 'false-refusal': 0 } satisfies Record<
  Verdict,
  number
>;

export interface Disagreement {
  readonly name: string;
  readonly why: string;
}

/** How one judge compares with the engine. */
export interface Figures {
  readonly counts: Record<Verdict, number>;
  readonly falseAccepts: Disagreement[];
  readonly falseRefusals: Disagreement[];
}

export interface Compared {
  readonly models: number;
  readonly lint: Figures;
  /** The check of a deployment that a dry run asks for. */
  readonly dryRun: Figures;
}

/** What is compared, when it is no process model. */
export interface JudgedKind {
  readonly fileName: string;
  readonly lint: (text: string) => Promise<readonly LintFinding[]> | readonly LintFinding[];
  /** Makes the text comparable before both judges see it. */
  readonly comparable: (text: string) => string;
}

const processModels: JudgedKind = { fileName: 'model.bpmn', lint: (text) => lintProcessModel(text), comparable };

/** Puts models before the lint, the dry run and the engine; a sample for some seconds, or all of them. */
export async function compareJudges(
  engine: LaunchedEngine,
  what: string,
  models: readonly CorpusModel[],
  kind: JudgedKind = processModels,
): Promise<Compared> {
  const figures = (): Figures => ({ counts: { ...verdicts }, falseAccepts: [], falseRefusals: [] });
  const [lint, dryRun] = [figures(), figures()];
  const startedAt = performance.now();
  let done = 0;
  for (const { name, xml } of models) {
    if (!isFull && performance.now() - startedAt > sampleMs) break;
    done += 1;
    const text = kind.comparable(xml);
    const findings = await kind.lint(text);
    const problems = await judgeByCheck(engine, { [kind.fileName]: text });
    const answer = await judgeByEngine(engine, text, kind.fileName);
    count(lint, verdictOf(findings, answer), name, answer.reason, findings.map(renderedFinding));
    count(dryRun, checkVerdictOf(problems, answer), name, answer.reason, problems.map(renderedProblem));
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

const renderedFinding = ({ rule, elementId, message }: LintFinding): string => `[${rule}] ${elementId}: ${message}`;
const renderedProblem = ({ kind, elementId, message }: CheckedProblem): string =>
  `[${kind}] ${elementId ?? '?'}: ${message}`;
