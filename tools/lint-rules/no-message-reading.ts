import type { Rule, Scope } from 'eslint';
import type { Node } from 'estree';

/** Names under which errors, answers of the engine and incidents keep their sentence. */
const MESSAGES: ReadonlySet<string> = new Set(['message', 'errorMessage', 'engineMessage', 'incidentMessage']);
const SEARCHES: ReadonlySet<string> = new Set([
  'includes',
  'match',
  'matchAll',
  'startsWith',
  'endsWith',
  'search',
  'indexOf',
]);
const TESTS: ReadonlySet<string> = new Set(['test', 'exec']);
/** Functions whose result is a sentence. */
const GIVES_MESSAGE: ReadonlySet<string> = new Set(['messageOf']);

/** A sentence is for people: what decides by it breaks with the next wording, without a test that sees it. */
export const noMessageReading: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      decideByFields:
        'Nothing decides by the text of a message: decide by type, code, status or details, and carry them to here. What a foreign program says in words alone is read in one file of sentences, with a test that provokes each (docs/decisions/0056).',
    },
  },
  create(context) {
    return {
      CallExpression(node) {
        const { callee } = node;
        if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
        const { name } = callee.property;
        const scope = context.sourceCode.getScope(node);
        const read = SEARCHES.has(name) ? callee.object : TESTS.has(name) ? node.arguments[0] : undefined;
        if (read !== undefined && holdsMessage(read, scope)) context.report({ node, messageId: 'decideByFields' });
      },
    };
  },
};

/** Whether a value is a sentence, or one is in it: behind `??`, in a template, in a variable that was given one. */
function holdsMessage(node: Node, scope: Scope.Scope, depth = 0): boolean {
  const holds = (...parts: readonly Node[]): boolean =>
    depth < 8 && parts.some((one) => holdsMessage(one, scope, depth + 1));
  switch (node.type) {
    case 'ChainExpression':
      return holds(node.expression);
    case 'MemberExpression':
      return !node.computed && node.property.type === 'Identifier' && MESSAGES.has(node.property.name);
    case 'LogicalExpression':
    case 'BinaryExpression':
      return holds(node.left, node.right);
    case 'ConditionalExpression':
      return holds(node.consequent, node.alternate);
    case 'TemplateLiteral':
      return holds(...node.expressions);
    case 'CallExpression':
      return (
        givesMessage(node.callee) || (isString(node.callee) && holds(...node.arguments)) || ofMethod(node.callee, holds)
      );
    case 'Identifier':
      return MESSAGES.has(node.name) || holds(...givenTo(node.name, scope));
    default:
      return false;
  }
}

function givesMessage(callee: Node): boolean {
  return callee.type === 'Identifier' && GIVES_MESSAGE.has(callee.name);
}

function isString(callee: Node): boolean {
  return callee.type === 'Identifier' && callee.name === 'String';
}

/** A sentence that was cut or cleaned is one still. */
function ofMethod(callee: Node, holds: (...parts: readonly Node[]) => boolean): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    /^(?:replace|replaceAll|slice|trim|toLowerCase|split)$/.test(callee.property.name) &&
    holds(callee.object)
  );
}

/** What a variable was made from; nothing for one that is taken out of an object under another name. */
function givenTo(name: string, scope: Scope.Scope | null): readonly Node[] {
  for (let at = scope; at !== null; at = at.upper) {
    const found = at.set.get(name);
    if (found === undefined) continue;
    return found.defs.flatMap(({ node }: { readonly node: Node }) =>
      node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init != null ? [node.init] : [],
    );
  }
  return [];
}
