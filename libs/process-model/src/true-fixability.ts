import { fixProcessModel } from './fix-process-model.ts';
import { isProcessModelError } from './errors.ts';
import type { AppliedFix } from './fixes/fix.ts';
import type { LintFinding } from './lint-process-model.ts';

/**
 * Says `fixable` of exactly the findings that a repair takes away, by repairing a copy and judging it again: a rule knows
 * what can be repaired in general, the repair knows this model.
 *
 * @param judge finds what is wrong with a text
 */
export async function withTrueFixability(findings: readonly LintFinding[], xml: string, judge: (xml: string) => Promise<LintFinding[]>): Promise<LintFinding[]> {
  if (!findings.some(({ fixable }) => fixable)) return [...findings];
  const repaired = await repair(xml);
  if (repaired === undefined) return findings.map((finding) => ({ ...finding, fixable: false }));
  const renames = repaired.applied.flatMap(({ was, elementId }) => (was === undefined ? [] : [{ was, elementId }]));
  const left = count(await judge(repaired.xml), []);
  const before = count(findings, renames);
  return findings.map((finding) => {
    const key = keyOf(finding, renames);
    const [some, all] = [left.get(key)?.length ?? 0, before.get(key)?.length ?? 0];
    if (some === 0 || some >= all) return { ...finding, fixable: some === 0 };
    return { ...finding, fixable: left.get(key)?.includes(renamed(finding.elementId, renames)) !== true };
  });
}

async function repair(xml: string): Promise<{ readonly xml: string; readonly applied: readonly AppliedFix[] } | undefined> {
  try {
    return await fixProcessModel(xml);
  } catch (error) {
    if (isProcessModelError(error)) return undefined;
    throw error;
  }
}

type Renames = readonly { readonly was: string; readonly elementId: string }[];

/** Ids of the elements with the same finding. */
function count(findings: readonly LintFinding[], renames: Renames): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const finding of findings) {
    const key = keyOf(finding, renames);
    found.set(key, [...(found.get(key) ?? []), renamed(finding.elementId, renames)]);
  }
  return found;
}

function keyOf({ rule, message }: LintFinding, renames: Renames): string {
  return `${rule}\n${renames.reduce((text, { was, elementId }) => text.replaceAll(`"${was}"`, () => `"${elementId}"`), message)}`;
}

function renamed(id: string, renames: Renames): string {
  return renames.find(({ was }) => was === id)?.elementId ?? id;
}
