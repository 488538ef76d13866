import { isConditional } from './gateway-conditions.ts';
import { many, one } from './model-rule.ts';
import type { ModelRule } from './model-rule.ts';

export const gatewayDefaultFlow: ModelRule = {
  id: 'gateway-default-flow',
  severity: 'warning',
  what: 'An exclusive or inclusive gateway that decides has a default flow.',
  why: 'The instance stops with an incident when no condition holds.',
  remedy: 'Mark the flow for "everything else" as the default.',
  fixable: false,
  create: () => ({
    check(node, reporter) {
      const isInclusive = node.$instanceOf('bpmn:InclusiveGateway');
      if (!isInclusive && !node.$instanceOf('bpmn:ExclusiveGateway')) return;
      const flows = many(node, 'outgoing');
      if (flows.length < 2 || one(node, 'default') !== undefined) return;
      if (isInclusive && !flows.every(isConditional)) return;
      reporter.report(
        node.id,
        'The gateway has no default flow: when no condition holds, the instance stops with an incident',
      );
    },
  }),
};
