import { many, one } from './model-rule.ts';
import type { LintReporter } from 'bpmnlint';
import type { ModdleElement } from 'bpmn-moddle';
import type { ModelRule } from './model-rule.ts';

export const gatewayConditions: ModelRule = {
  id: 'gateway-conditions',
  severity: 'error',
  what: 'Each flow out of an exclusive gateway has a condition, except the default flow; a single flow has none.',
  why: 'The engine could not tell which way to go and refuses the model.',
  remedy: 'Add the missing condition, or mark the flow as the default.',
  fixable: false,
  create: () => ({
    check(node, reporter) {
      if (node.$instanceOf('bpmn:ExclusiveGateway')) checkGateway(node, reporter);
    },
  }),
};

function checkGateway(gateway: ModdleElement, reporter: LintReporter): void {
  const flows = many(gateway, 'outgoing');
  const standard = one(gateway, 'default');
  if (flows.length === 0) reporter.report(gateway.id, 'The gateway has no outgoing flow');
  if (flows.length === 1 && flows.some(isConditional))
    reporter.report(gateway.id, 'The only outgoing flow has a condition');
  if (flows.length < 2) return;
  if (standard !== undefined && isConditional(standard))
    reporter.report(standard.id, 'The default flow has a condition');
  const unconditional = flows.filter((flow) => flow !== standard && !isConditional(flow));
  // A single one without any default flow is taken for the default: the engine only warns, and so does gateway-default-flow.
  if (standard === undefined && unconditional.length < 2) return;
  for (const flow of unconditional) reporter.report(flow.id, 'The flow has no condition and is not the default flow');
}

/** Whether a sequence flow is taken only under a condition. */
export function isConditional(flow: ModdleElement): boolean {
  return one(flow, 'conditionExpression') !== undefined;
}
