import type { Severity } from './rules/rule.ts';

/** One thing to change in a model. */
export interface LintFinding {
  readonly file?: string;
  /** Id of the nearest element that has one; empty when the file could not be read that far. */
  readonly elementId: string;
  /** Type of the BPMN meta-model, for example `bpmn:ServiceTask`. */
  readonly elementType?: string;
  /** Line of the text given where the element begins, or where reading failed, from 1 on; unknown for findings about the whole. */
  readonly line?: number;
  /** Column in that line, from 1 on. */
  readonly column?: number;
  readonly rule: string;
  /** An error keeps the model from being deployed, a warning does not. */
  readonly severity: Severity;
  readonly message: string;
  readonly remedy: string;
  /** Whether `fixProcessModel` repairs it. */
  readonly fixable: boolean;
  /** The rule of another finding that is the cause of this one: when that is mended, this is gone too. */
  readonly consequenceOf?: string;
}
