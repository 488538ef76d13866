import type { StepConfig } from '../transformation.ts';
import { compileExpression } from './expression.ts';
import { StepError } from './fault.ts';
import { listOf } from './lists.ts';

/**
 * Brings entries of two lists together whose keys are equal. Without `as` one entry is made of each pair, members of the left
 * one winning; with `as` each left entry gets the list of its partners. A key that is missing matches nothing.
 */
export async function joinEntries(data: unknown, config: StepConfig<'join'>): Promise<unknown[]> {
  const { left = '$', right, left_key: leftKey, right_key: rightKey, kind = 'inner', as } = config;
  const lefts = listOf(await compileExpression(left, 'left')(data), 'left');
  const rights = typeof right === 'string' ? listOf(await compileExpression(right, 'right')(data), 'right') : right;
  const partners = await byKey(rights, rightKey, 'right_key');
  const keyOf = compileExpression(leftKey, 'left_key');
  const joined: unknown[] = [];
  for (const entry of lefts) {
    const key = await keyOf(entry);
    const found = key === undefined || key === null ? [] : (partners.get(JSON.stringify(key)) ?? []);
    if (found.length === 0 && kind === 'inner') continue;
    if (as !== undefined) joined.push({ ...members(entry, 'left'), [as]: found });
    else if (found.length === 0) joined.push(entry);
    else for (const partner of found) joined.push({ ...members(partner, 'right'), ...members(entry, 'left') });
  }
  return joined;
}

async function byKey(
  entries: readonly unknown[],
  key: string,
  where: string,
): Promise<ReadonlyMap<string, readonly unknown[]>> {
  const keyOf = compileExpression(key, where);
  const groups = new Map<string, unknown[]>();
  for (const entry of entries) {
    const value = await keyOf(entry);
    if (value === undefined || value === null) continue;
    const id = JSON.stringify(value);
    const group = groups.get(id) ?? [];
    group.push(entry);
    groups.set(id, group);
  }
  return groups;
}

function members(entry: unknown, where: string): object {
  if (typeof entry === 'object' && entry !== null && !Array.isArray(entry)) return entry;
  throw new StepError(where, 'it holds an entry that is no object');
}
