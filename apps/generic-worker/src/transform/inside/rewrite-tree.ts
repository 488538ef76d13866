export type Operator = '+' | '-' | '*' | '/';

const operators: ReadonlySet<unknown> = new Set<Operator>(['+', '-', '*', '/']);

/** Names of functions that no expression can write itself. */
export const truthOf = 'truth of';
export const calculates = (operator: Operator): string => operator;

interface Node {
  type?: unknown;
  value?: unknown;
  [part: string]: unknown;
}

/**
 * Makes function calls of the operators that calculate, and hands what is a condition to the function {@link truthOf}. The tree
 * is the one that is evaluated; the language has no other way to give its operators another meaning.
 */
export function rewriteTree(root: unknown): void {
  const seen = new Set<object>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || seen.has(node)) return;
    seen.add(node);
    for (const part of Object.values(node)) visit(part);
    rewrite(node as Node);
  };
  visit(root);
}

function rewrite(node: Node): void {
  if (node.type === 'condition') node['condition'] = callOf(truthOf, [node['condition']]);
  if (node.type !== 'binary') return;
  if (operators.has(node.value)) Object.assign(node, callOf(String(node.value), [node['lhs'], node['rhs']]));
  if (node.value === 'and' || node.value === 'or')
    for (const side of ['lhs', 'rhs']) node[side] = callOf(truthOf, [node[side]]);
}

function callOf(name: string, given: readonly unknown[]): Node {
  return { type: 'function', value: '(', procedure: { type: 'variable', value: name }, arguments: given };
}
