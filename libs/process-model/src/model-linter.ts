import { messageOf } from '@procos/errors';
import { Linter } from 'bpmnlint';
import { modelRules } from './rules/rule-table.ts';
import type { BpmnlintRule } from 'bpmnlint';

/** bpmnlint with our rules, and with nothing that it would look for elsewhere. */
export function newModelLinter(): Linter {
  const byId = new Map(modelRules.map((rule) => [rule.id, rule]));
  return new Linter({
    config: {
      rules: Object.fromEntries(modelRules.map(({ id, severity }) => [id, severity === 'error' ? 'error' : 'warn'])),
    },
    resolver: {
      resolveRule(_pkg, ruleName) {
        const rule = byId.get(ruleName);
        return rule === undefined ? undefined : () => contained(rule.create());
      },
      resolveConfig: () => undefined,
    },
  });
}

/** A rule that stumbles over a broken model reports that instead of printing to the console. */
function contained(rule: BpmnlintRule): BpmnlintRule {
  const { enter, leave } = typeof rule.check === 'function' ? { enter: rule.check, leave: undefined } : rule.check;
  const guard = (check: typeof enter): typeof enter =>
    check === undefined
      ? undefined
      : (node, reporter) => {
          try {
            return check(node, reporter);
          } catch (error) {
            reporter.report(node.id, `The rule could not judge this element: ${messageOf(error).slice(0, 120)}`);
          }
        };
  return { check: { ...(enter && { enter: guard(enter) }), ...(leave && { leave: guard(leave) }) } };
}
