import { many, one } from './model-rule.ts';
import type { LintReporter } from 'bpmnlint';
import type { ModdleElement } from 'bpmn-moddle';
import type { ModelRule } from './model-rule.ts';

export const gatewayConditions: ModelRule = {
  id: 'gateway-conditions',
  severity: 'warning',
  what: 'Each flow out of an exclusive or inclusive gateway has a condition, except exactly one default flow.',
  why: 'Without a default flow the instance stops with an incident when no condition holds; two flows without condition are refused.',
  remedy: 'Add the missing condition, and mark one flow as the default.',
  fixable: false,
  create: () => ({
    check(node, reporter) {
      if (!node.$instanceOf('bpmn:ExclusiveGateway') && !node.$instanceOf('bpmn:InclusiveGateway')) return;
      checkGateway(node, reporter);
    },
  }),
};

function checkGateway(gateway: ModdleElement, reporter: LintReporter): void {
  const flows = many(gateway, 'outgoing');
  const standard = one(gateway, 'default');
  const isConditional = (flow: ModdleElement): boolean => one(flow, 'conditionExpression') !== undefined;
  if (flows.length === 0) reporter.report(gateway.id, 'The gateway has no outgoing flow');
  if (flows.length === 1 && flows.some(isConditional)) reporter.report(gateway.id, 'The only outgoing flow has a condition');
  if (flows.length < 2) return;
  if (standard === undefined) reporter.report(gateway.id, 'The gateway has no default flow: no matching condition means an incident');
  else if (isConditional(standard)) reporter.report(standard.id, 'The default flow has a condition');
  for (const flow of flows) {
    if (flow !== standard && !isConditional(flow)) reporter.report(flow.id, 'The flow has no condition and is not the default flow');
  }
}
