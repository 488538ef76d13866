import type { StepConfig } from '../transformation.ts';
import { compileExpression, type Evaluate } from './expression.ts';
import { StepError } from './fault.ts';

/** Compiles named expressions once, for all entries. */
function compileAll(
  named: Readonly<Record<string, string>>,
  where: string,
): (input: unknown, bindings?: Readonly<Record<string, unknown>>) => Promise<Record<string, unknown>> {
  const compiled = Object.entries(named).map(
    ([name, text]) => [name, compileExpression(text, `${where}.${name}`)] as const,
  );
  return async (input, bindings) => {
    const values: [string, unknown][] = [];
    for (const [name, evaluate] of compiled) values.push([name, await evaluate(input, bindings)]);
    return Object.fromEntries(values);
  };
}

/** @throws StepError */
export function listOf(data: unknown, where = 'data'): readonly unknown[] {
  if (Array.isArray(data)) return data as readonly unknown[];
  throw new StepError(where, 'it is no list');
}

/** New members for each entry of a list, or for the one value there is. */
export async function mapEntries(data: unknown, { fields }: StepConfig<'mapping'>): Promise<unknown> {
  const evaluate = compileAll(fields, 'fields');
  if (!Array.isArray(data)) return evaluate(data);
  const mapped: unknown[] = [];
  for (const [index, entry] of data.entries()) mapped.push(await evaluate(entry, { index, data }));
  return mapped;
}

/** The entries for which the condition holds. */
export async function filterEntries(data: unknown, { condition }: StepConfig<'filter'>): Promise<unknown[]> {
  const evaluate = compileExpression(condition, 'condition');
  // What counts as true is the language's own question.
  const truth = compileExpression('$boolean($value)', 'condition');
  const kept: unknown[] = [];
  for (const [index, entry] of listOf(data).entries()) {
    const value = await evaluate(entry, { index, data });
    if (typeof value === 'bigint' || (await truth(null, { value })) === true) kept.push(entry);
  }
  return kept;
}

/** The entries in order: numbers before text before truth values, what is missing last, equals as they were. */
export async function sortEntries(data: unknown, { by }: StepConfig<'sort'>): Promise<unknown[]> {
  const keys = [by].flat().map((key, index) => {
    const { expression, order } = typeof key === 'string' ? { expression: key, order: 'ascending' } : key;
    return { evaluate: compileExpression(expression, `by.${index}`), sign: order === 'descending' ? -1 : 1 };
  });
  const entries: { readonly entry: unknown; readonly values: readonly unknown[] }[] = [];
  for (const entry of listOf(data)) entries.push({ entry, values: await evaluateAll(keys, entry) });
  entries.sort((a, b) => {
    for (const [index, { sign }] of keys.entries()) {
      const difference = compareValues(a.values[index], b.values[index], sign);
      if (difference !== 0) return difference;
    }
    return 0;
  });
  return entries.map(({ entry }) => entry);
}

async function evaluateAll(keys: readonly { readonly evaluate: Evaluate }[], entry: unknown): Promise<unknown[]> {
  const values: unknown[] = [];
  for (const { evaluate } of keys) values.push(await evaluate(entry));
  return values;
}

const ranks: Readonly<Record<string, number>> = { number: 0, bigint: 0, string: 1, boolean: 2 };

function compareValues(a: unknown, b: unknown, sign: number): number {
  const rankOf = (value: unknown) => ranks[typeof value] ?? 3;
  // Missing is last in both directions.
  if (rankOf(a) === 3 || rankOf(b) === 3) return rankOf(a) - rankOf(b);
  if (rankOf(a) !== rankOf(b)) return sign * (rankOf(a) - rankOf(b));
  const [x, y] = [a, b] as [string, string];
  return x < y ? -sign : x > y ? sign : 0;
}

/** One entry for each group, groups in the order in which they first appear; without `group_by` there is one group. */
export async function aggregateEntries(
  data: unknown,
  { group_by: groupBy = {}, values }: StepConfig<'aggregate'>,
): Promise<unknown[]> {
  const evaluateKey = compileAll(groupBy, 'group_by');
  const evaluateValues = compileAll(values, 'values');
  const groups = new Map<string, { readonly key: Record<string, unknown>; readonly entries: unknown[] }>();
  if (Object.keys(groupBy).length === 0) groups.set('{}', { key: {}, entries: [] });
  for (const entry of listOf(data)) {
    const key = await evaluateKey(entry);
    const id = JSON.stringify(key);
    const group = groups.get(id) ?? { key, entries: [] };
    group.entries.push(entry);
    groups.set(id, group);
  }
  const results: unknown[] = [];
  for (const { key, entries } of groups.values())
    results.push({ ...key, ...(await evaluateValues(entries, { data })) });
  return results;
}
