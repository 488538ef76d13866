/**
 * For this repository alone.
 *
 * @packageDocumentation
 * @internal
 */
export { isProcessModelError, processModelErrors } from './errors.ts';
export type { ProcessModelErrorCode } from './errors.ts';
export { readProcessModel } from './read-process-model.ts';
export type {
  BpmnDefinitions,
  ExternalTaskElement,
  ModelElement,
  ProcessModel,
  ProcessSummary,
} from './read-process-model.ts';
export { readForms } from './read-forms.ts';
export type { FormField, ModelForm, ProcessForms } from './read-forms.ts';
export { defaultIntakeLimits } from './xml/limits.ts';
export { holdsExpression } from './expressions/expression-value.ts';
export { describeElements } from './describe-elements.ts';
export type { DescribedElement, PlacedExpression } from './describe-elements.ts';
export { lintProcessModel } from './lint-process-model.ts';
export { lintDecisions } from './decisions/lint-decisions.ts';
export { lintForm } from './forms/lint-form.ts';
export type { LintFinding } from './lint-finding.ts';
export { fixProcessModel } from './fix-process-model.ts';
export type { FixedModel } from './fix-process-model.ts';
export type { AppliedFix } from './fixes/fix.ts';
export { layOutProcessModel } from './lay-out-process-model.ts';
export { modelPlaces } from './model-places.ts';
export type { ModelPlace, ModelPlaces } from './model-places.ts';
export { rules } from './rules/rule-table.ts';
export type { LintOptions, RuleDescription, Severity, TopicError } from './rules/rule.ts';
