import endEventRequired from 'bpmnlint/rules/end-event-required.js';
import eventBasedGateway from 'bpmnlint/rules/event-based-gateway.js';
import eventSubProcessTypedStartEvent from 'bpmnlint/rules/event-sub-process-typed-start-event.js';
import noDuplicateSequenceFlows from 'bpmnlint/rules/no-duplicate-sequence-flows.js';
import noImplicitStart from 'bpmnlint/rules/no-implicit-start.js';
import singleEventDefinition from 'bpmnlint/rules/single-event-definition.js';
import startEventRequired from 'bpmnlint/rules/start-event-required.js';
import subProcessBlankStartEvent from 'bpmnlint/rules/sub-process-blank-start-event.js';
import type { BpmnlintRuleFactory } from 'bpmnlint';
import type { ModelRule } from './model-rule.ts';
import type { Severity } from './rule.ts';

/**
 * The rules that come with bpmnlint and say something about execution. Matters of taste (labels, joins, superfluous
 * gateways) are left to the modeler.
 */
export const bpmnlintRules: readonly ModelRule[] = [
  builtIn('start-event-required', 'error', startEventRequired, {
    what: 'Every process and sub-process has a start event.',
    why: 'Without one the engine cannot start it.',
    remedy: 'Add a start event and connect it to the first step.',
  }),
  builtIn('sub-process-blank-start-event', 'error', subProcessBlankStartEvent, {
    what: 'An embedded sub-process starts with a start event without trigger.',
    why: 'The engine refuses a trigger there.',
    remedy: 'Remove the trigger, or make it an event sub-process.',
  }),
  builtIn('event-sub-process-typed-start-event', 'error', eventSubProcessTypedStartEvent, {
    what: 'An event sub-process starts with a message, signal, timer, error, escalation or condition.',
    why: 'Nothing else can ever start it.',
    remedy: 'Give its start event a trigger.',
  }),
  builtIn('single-event-definition', 'warning', singleEventDefinition, {
    what: 'An event has at most one trigger.',
    why: 'The engine takes the first one and ignores the others.',
    remedy: 'Use one event for each trigger.',
  }),
  builtIn('event-based-gateway', 'warning', eventBasedGateway, {
    what: 'An event-based gateway has at least two outgoing flows, none with a condition.',
    why: 'It waits for whichever event comes first; conditions are not looked at.',
    remedy: 'Add a second event, or remove the gateway or the condition.',
  }),
  builtIn('end-event-required', 'warning', endEventRequired, {
    what: 'Every process and sub-process has an end event.',
    why: 'Its outcome is not visible in the history otherwise.',
    remedy: 'Add an end event for each outcome.',
  }),
  builtIn('no-implicit-start', 'warning', noImplicitStart, {
    what: 'Every step is reached by a flow.',
    why: 'The engine never runs a step that no flow leads to.',
    remedy: 'Connect the element, or remove it.',
  }),
  builtIn('no-duplicate-sequence-flows', 'warning', noDuplicateSequenceFlows, {
    what: 'Two elements are connected by one flow, unless the conditions differ.',
    why: 'Each flow carries a token of its own, so the next step runs twice.',
    remedy: 'Remove the second flow.',
  }),
];

function builtIn(
  id: string,
  severity: Severity,
  create: BpmnlintRuleFactory,
  texts: { readonly what: string; readonly why: string; readonly remedy: string },
): ModelRule {
  return { id, severity, create, fixable: false, ...texts };
}
