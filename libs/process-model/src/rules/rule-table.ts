import { asyncAfterEffect } from './async-after-effect.ts';
import { boundedMultiInstance } from './bounded-multi-instance.ts';
import { bpmnlintRules } from './bpmnlint-rules.ts';
import { calledDefinitions } from './called-definitions.ts';
import { calledElementAttribute } from './called-element-attribute.ts';
import { cancelEvent } from './cancel-event.ts';
import { childOrder } from './child-order.ts';
import { compensation } from './compensation.ts';
import { condition } from './condition.ts';
import { conditionalEvent } from './conditional-event.ts';
import { decisionRules } from '../decisions/decision-rules.ts';
import { formRules } from '../forms/lint-form.ts';
import { definitionBinding } from './definition-binding.ts';
import { diagramReferences } from './diagram-references.ts';
import { endlessRun } from './endless-run.ts';
import { errorBoundaryOnExternal } from './error-boundary-on-external.ts';
import { engine, engineNotAsked } from './engine-rules.ts';
import { escalation } from './escalation.ts';
import { eventConfiguration } from './event-configuration.ts';
import { eventSubscription } from './event-subscription.ts';
import { executable } from './executable.ts';
import { extensionParameters } from './extension-parameters.ts';
import { externalTaskImplementation } from './external-task-implementation.ts';
import { flowIntoBoundary } from './flow-into-boundary.ts';
import { formDefinition } from './form-definition.ts';
import { gatewayConditions } from './gateway-conditions.ts';
import { gatewayDefaultFlow } from './gateway-default-flow.ts';
import { hasDiagram } from './has-diagram.ts';
import { historyTimeToLive } from './history-time-to-live.ts';
import { ignoredContent } from './ignored-content.ts';
import { inputOutput } from './input-output.ts';
import { decisionsReadable, readable, safeIntake } from './intake.ts';
import { jobSettings } from './job-settings.ts';
import { knownTopic } from './known-topic.ts';
import { linkEvent } from './link-event.ts';
import { madeForCamunda8 } from './made-for-camunda-8.ts';
import { messageName } from './message-name.ts';
import { multiInstance } from './multi-instance.ts';
import { namespaces } from './namespaces.ts';
import { noExternalResource } from './no-external-resource.ts';
import { noJava } from './no-java.ts';
import { noScript } from './no-script.ts';
import { propertyVariables } from './property-variables.ts';
import { referencedIds } from './referenced-ids.ts';
import { safeExpressions } from './safe-expressions.ts';
import { schemaContent } from './schema-content.ts';
import { schemaReferences } from './schema-references.ts';
import { startEvent } from './start-event.ts';
import { supportedElements } from './supported-elements.ts';
import { taskPriority } from './task-priority.ts';
import { textLength } from './text-length.ts';
import { timer } from './timer.ts';
import { uniqueIds } from './unique-ids.ts';
import type { ModelRule } from './model-rule.ts';
import type { DocumentRule, RuleDescription } from './rule.ts';

/** Judged on the XML as the engine reads it: whether a model is safe and can be deployed at all. */
export const documentRules: readonly DocumentRule[] = [
  madeForCamunda8,
  noScript,
  noJava,
  safeExpressions,
  noExternalResource,
  namespaces,
  uniqueIds,
  childOrder,
  schemaContent,
  executable,
  historyTimeToLive,
  externalTaskImplementation,
  knownTopic,
  calledElementAttribute,
  calledDefinitions,
  definitionBinding,
  schemaReferences,
  referencedIds,
  messageName,
  eventConfiguration,
  startEvent,
  condition,
  conditionalEvent,
  linkEvent,
  timer,
  taskPriority,
  propertyVariables,
  textLength,
  eventSubscription,
  escalation,
  compensation,
  cancelEvent,
  flowIntoBoundary,
  endlessRun,
  multiInstance,
  inputOutput,
  formDefinition,
  jobSettings,
  extensionParameters,
  supportedElements,
  ignoredContent,
  diagramReferences,
  hasDiagram,
  errorBoundaryOnExternal,
];

/** Judged on the BPMN model: whether it does what it seems to do. */
export const modelRules: readonly ModelRule[] = [
  gatewayConditions,
  gatewayDefaultFlow,
  boundedMultiInstance,
  asyncAfterEffect,
  ...bpmnlintRules,
];

/** Every rule of the lint, in the order in which the documentation shows them. */
export const rules: readonly RuleDescription[] = [
  readable,
  safeIntake,
  ...documentRules,
  ...modelRules,
  decisionsReadable,
  ...decisionRules,
  ...formRules,
  engine,
  engineNotAsked,
].map(({ id, severity, what, why, remedy, fixable }) => ({ id, severity, what, why, remedy, fixable }));
