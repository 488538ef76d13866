import type { RuleDescription } from '@procos/process-model';
import { referencePage, table } from './markdown.ts';

/** `docs/reference/lint-rules.md`: what a model must keep to. */
export function lintRuleReference(rules: readonly RuleDescription[]): string {
  const rows = rules.map(({ id, severity, fixable, what, why, remedy }) => [
    `\`${id}\``,
    severity,
    fixable ? 'yes' : '',
    what,
    why,
    remedy,
  ]);
  return referencePage(
    'Rules for process models',
    'Checked by `procos lint`, by the gateway before it deploys, and by the tests of this repository. An error keeps a model from being deployed, a warning does not. `procos lint --fix` repairs what is marked as fixed.',
    [table(['Rule', 'Severity', 'Fixed', 'Asks for', 'Why', 'What to do'], rows)],
  );
}
