import { boundedMultiInstance } from './bounded-multi-instance.ts';
import { bpmnlintRules } from './bpmnlint-rules.ts';
import { calledElementAttribute } from './called-element-attribute.ts';
import { childOrder } from './child-order.ts';
import { errorBoundaryOnExternal } from './error-boundary-on-external.ts';
import { eventConfiguration } from './event-configuration.ts';
import { executable } from './executable.ts';
import { extensionParameters } from './extension-parameters.ts';
import { externalTaskImplementation } from './external-task-implementation.ts';
import { gatewayConditions } from './gateway-conditions.ts';
import { gatewayDefaultFlow } from './gateway-default-flow.ts';
import { hasDiagram } from './has-diagram.ts';
import { historyTimeToLive } from './history-time-to-live.ts';
import { readable, safeIntake } from './intake.ts';
import { knownTopic } from './known-topic.ts';
import { messageName } from './message-name.ts';
import { namespaces } from './namespaces.ts';
import { noExternalResource } from './no-external-resource.ts';
import { noJava } from './no-java.ts';
import { noScript } from './no-script.ts';
import { referencedIds } from './referenced-ids.ts';
import { safeExpressions } from './safe-expressions.ts';
import { schemaContent } from './schema-content.ts';
import { supportedElements } from './supported-elements.ts';
import { uniqueIds } from './unique-ids.ts';
import type { ModelRule } from './model-rule.ts';
import type { DocumentRule, RuleDescription } from './rule.ts';

/** Judged on the XML as the engine reads it: whether a model is safe and can be deployed at all. */
export const documentRules: readonly DocumentRule[] = [
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
  referencedIds,
  messageName,
  eventConfiguration,
  extensionParameters,
  supportedElements,
  hasDiagram,
];

/** Judged on the BPMN model: whether it does what it seems to do. */
export const modelRules: readonly ModelRule[] = [
  gatewayConditions,
  gatewayDefaultFlow,
  errorBoundaryOnExternal,
  boundedMultiInstance,
  ...bpmnlintRules,
];

/** Every rule of the lint, in the order in which the documentation shows them. */
export const rules: readonly RuleDescription[] = [readable, safeIntake, ...documentRules, ...modelRules].map(
  ({ id, severity, what, why, remedy, fixable }) => ({ id, severity, what, why, remedy, fixable }),
);
