import type { LintFinding } from './lint-finding.ts';

/**
 * What else goes wrong when one thing does: the content of Camunda 8 stands where this engine looks for its own, and
 * elements of an undeclared prefix are no elements of BPMN.
 */
const consequences: Readonly<Record<string, ReadonlySet<string>>> = {
  'made-for-camunda-8': new Set([
    'external-task-implementation',
    'called-element-attribute',
    'condition',
    'timer',
    'multi-instance',
    'event-configuration',
    'conditional-event',
  ]),
  namespaces: new Set(['readable', 'schema-content']),
};

/** Errors before warnings, causes before their consequences, otherwise as the rules stand. */
export function inOrder(findings: readonly LintFinding[]): LintFinding[] {
  const causes = Object.keys(consequences).filter((rule) =>
    findings.some((finding) => finding.rule === rule && finding.severity === 'error'),
  );
  const explained = findings.map((finding): LintFinding => {
    const cause = causes.find((rule) => consequences[rule]?.has(finding.rule) === true);
    return cause === undefined ? finding : { ...finding, consequenceOf: cause };
  });
  return explained.toSorted((left, right) => rankOf(left, causes) - rankOf(right, causes));
}

function rankOf({ severity, rule, consequenceOf }: LintFinding, causes: readonly string[]): number {
  if (causes.includes(rule)) return 0;
  return (severity === 'error' ? 1 : 3) + (consequenceOf === undefined ? 0 : 1);
}
