import type { Finding } from '@procos/contracts';

/** Findings that often are nothing but consequences of another fault, the likelier a cause the lower. */
const rank: Readonly<Record<string, number>> = { readable: 0, 'safe-intake': 0, 'unique-ids': 1, 'referenced-ids': 2, namespaces: 1, 'schema-content': 2, engine: 5 };
const lastOfAll = 9;

/** Errors before warnings; among them by file, and in a file what may be the cause of others first. */
export function causesFirst(findings: readonly Finding[]): Finding[] {
  const order = [...new Set(findings.map(({ file }) => file))];
  return findings.toSorted(
    (left, right) =>
      order.indexOf(left.file) - order.indexOf(right.file) ||
      severityRank(left) - severityRank(right) ||
      (rank[left.rule] ?? lastOfAll) - (rank[right.rule] ?? lastOfAll) ||
      (left.line ?? 0) - (right.line ?? 0),
  );
}

function severityRank({ severity }: Finding): number {
  return severity === 'error' ? 0 : 1;
}
