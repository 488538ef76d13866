import type { ProcosError } from '@procos/errors';
import type { LintFinding } from './lint-finding.ts';
import { readable, safeIntake } from './rules/intake.ts';
import type { RuleDescription } from './rules/rule.ts';

const unreadableCodes: ReadonlySet<string> = new Set([
  'PROCOS_MODEL_MALFORMED',
  'PROCOS_MODEL_NOT_BPMN',
  'PROCOS_MODEL_UNREADABLE',
]);

/** What the intake refuses, as a finding about the whole file. */
export function refusalFinding(error: ProcosError): LintFinding {
  const rule: RuleDescription = unreadableCodes.has(error.code) ? readable : safeIntake;
  const { line, column } = error.data;
  const position = { ...(typeof line === 'number' && { line }), ...(typeof column === 'number' && { column }) };
  return {
    elementId: '',
    ...position,
    rule: rule.id,
    severity: 'error',
    message: error.message,
    remedy: error.remedy,
    fixable: isConvertible(error),
  };
}

/** The text was read; only its declaration keeps the engine from reading the same. */
export function isConvertible({ code, data }: ProcosError): boolean {
  return code === 'PROCOS_MODEL_ENCODING' && typeof data['encoding'] === 'string';
}
