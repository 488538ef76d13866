import type { LintFinding } from '@procos/process-model';
import type { CheckedProblem, EngineAnswerToModel } from './engine-judge.ts';
import { isCheckPolicy, statedPolicy } from './stated-policy.ts';

/**
 * - `agree`: both take it, or both refuse it
 * - `false-accept`: the lint has no error, the engine refuses
 * - `false-refusal`: the engine takes it, and the lint has an error that no stated policy explains
 * - `policy`: the engine takes it; every error of the lint is one of a stated policy
 * - `masked`: the engine refuses; the lint refuses too, but only by a stated policy, so that it may not have seen why
 */
export type Verdict = 'agree' | 'false-accept' | 'false-refusal' | 'policy' | 'masked';

export function verdictOf(findings: readonly LintFinding[], engine: EngineAnswerToModel): Verdict {
  const errors = findings.filter(({ severity }) => severity === 'error');
  // Of a model without executable process the engine reads nothing more.
  const unread = errors.some(({ rule }) => rule === 'executable');
  const unexplained = unread ? [] : errors.filter(({ rule }) => !statedPolicy.has(rule));
  if (engine.takes) return errors.length === 0 ? 'agree' : unexplained.length === 0 ? 'policy' : 'false-refusal';
  return errors.length === 0 ? 'false-accept' : unexplained.length === 0 ? 'masked' : 'agree';
}

/** The same for the check of a dry run, which sees why whenever the engine does. */
export function checkVerdictOf(problems: readonly CheckedProblem[], engine: EngineAnswerToModel): Verdict {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const unexplained = errors.filter((problem) => !isCheckPolicy(problem));
  if (engine.takes) return errors.length === 0 ? 'agree' : unexplained.length === 0 ? 'policy' : 'false-refusal';
  return errors.length === 0 ? 'false-accept' : unexplained.length === 0 ? 'masked' : 'agree';
}
