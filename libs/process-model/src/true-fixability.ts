import { fixProcessModel } from './fix-process-model.ts';
import { isProcessModelError } from './errors.ts';
import type { AppliedFix } from './fixes/fix.ts';
import type { LintFinding } from './lint-finding.ts';

/**
 * Says `fixable` of exactly the findings that a repair takes away, by repairing a copy and judging it again: a rule knows
 * what can be repaired in general, the repair knows this model.
 *
 * @param judge finds what is wrong with a text
 */
export async function withTrueFixability(
  findings: readonly LintFinding[],
  xml: string,
  judge: (xml: string) => Promise<LintFinding[]>,
): Promise<LintFinding[]> {
  if (!findings.some(({ fixable }) => fixable)) return [...findings];
  const repaired = await repair(xml);
  if (repaired === undefined) return findings.map((finding) => ({ ...finding, fixable: false }));
  const renames = new Map(
    repaired.applied.flatMap(({ was, elementId }) => (was === undefined ? [] : [[was, elementId]])),
  );
  const left = elementsByKey(await judge(repaired.xml), new Map());
  const before = elementsByKey(findings, renames);
  return findings.map((finding) => {
    const key = keyOf(finding, renames);
    const [some, all] = [left.get(key)?.length ?? 0, before.get(key)?.length ?? 0];
    if (some === 0 || some >= all) return { ...finding, fixable: some === 0 };
    return { ...finding, fixable: left.get(key)?.includes(renamed(finding.elementId, renames)) !== true };
  });
}

async function repair(
  xml: string,
): Promise<{ readonly xml: string; readonly applied: readonly AppliedFix[] } | undefined> {
  try {
    return await fixProcessModel(xml);
  } catch (error) {
    if (isProcessModelError(error)) return undefined;
    throw error;
  }
}

/** The new ids of elements by their old ones. */
type Renames = ReadonlyMap<string, string>;

/** Ids of the elements with the same finding. */
function elementsByKey(findings: readonly LintFinding[], renames: Renames): Map<string, string[]> {
  const groups = Map.groupBy(findings, (finding) => keyOf(finding, renames));
  return new Map(
    Array.from(groups, ([key, group]) => [key, group.map(({ elementId }) => renamed(elementId, renames))]),
  );
}

/** Texts name elements in quotes; a quote may end one name and begin the next. */
function keyOf({ rule, message }: LintFinding, renames: Renames): string {
  return `${rule}\n${message.replaceAll(/"([^"]*)(?=")/g, (_quoted, name: string) => `"${renamed(name, renames)}`)}`;
}

function renamed(id: string, renames: Renames): string {
  return renames.get(id) ?? id;
}
