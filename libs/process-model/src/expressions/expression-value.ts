import { tokenizeExpression } from './tokenize-expression.ts';
import type { Token } from './tokenize-expression.ts';

/** What the engine makes of a text that it evaluates. */
export type ValueForm =
  /** No `${` in it: the text itself, whatever it looks like. */
  | { readonly form: 'text' }
  /** One expression and nothing else: the value of the expression, of any type. */
  | { readonly form: 'expression'; readonly tokens: readonly Token[]; readonly gives: ValueKind }
  /** Text around an expression, or several of them: always a text. */
  | { readonly form: 'mixed' }
  /** An expression that does not end, or holds what no expression can. */
  | { readonly form: 'broken' };

/** As far as it can be told without the variables. */
export type ValueKind = 'boolean' | 'number' | 'text' | 'nothing' | 'unknown';

const start = /[$#]\{/;

/** Whether the engine evaluates something in a text; it may be only a part of it, and broken. */
export function holdsExpression(text: string): boolean {
  return start.test(text);
}

export function valueForm(text: string): ValueForm {
  const first = text.search(start);
  if (first === -1) return { form: 'text' };
  const tokenized = tokenizeExpression(text, first + 2);
  if (typeof tokenized === 'string') return { form: 'broken' };
  if (first > 0 || tokenized.end < text.length) return { form: 'mixed' };
  const tokens = tokenized.tokens.slice(0, -1);
  return { form: 'expression', tokens, gives: kindOf(tokens) };
}

const comparing: ReadonlySet<string> = new Set([
  '||',
  '&&',
  '==',
  '!=',
  '<',
  '>',
  '<=',
  '>=',
  'or',
  'and',
  'eq',
  'ne',
  'lt',
  'gt',
  'le',
  'ge',
  'instanceof',
]);
const negating: ReadonlySet<string> = new Set(['!', 'not', 'empty']);
const calculating: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', 'div', 'mod']);

function kindOf(tokens: readonly Token[]): ValueKind {
  const outer = outermost(tokens);
  const has = (words: ReadonlySet<string>): boolean =>
    outer.some(({ kind, text }) => (kind === 'operator' || kind === 'identifier') && words.has(text));
  if (has(new Set(['?']))) return 'unknown';
  if (has(comparing) || has(negating)) return 'boolean';
  if (has(calculating)) return 'number';
  const isWrapped = outer.length === 2 && outer[0]?.text === '(' && outer[1]?.text === ')' && tokens.length > 2;
  return isWrapped ? kindOf(tokens.slice(1, -1)) : kindOfOne(outer);
}

/** Tokens that stand in no parentheses or brackets; these themselves are kept. */
function outermost(tokens: readonly Token[]): Token[] {
  let depth = 0;
  return tokens.filter(({ kind, text }) => {
    const opens = kind === 'operator' && (text === '(' || text === '[');
    const closes = kind === 'operator' && (text === ')' || text === ']');
    if (closes) depth -= 1;
    const isOuter = depth === 0;
    if (opens) depth += 1;
    return isOuter;
  });
}

function kindOfOne(tokens: readonly Token[]): ValueKind {
  const [token, ...others] = tokens;
  if (token === undefined || others.length > 0) return 'unknown';
  if (token.kind === 'number') return 'number';
  if (token.kind === 'string') return 'text';
  if (token.kind === 'identifier' && (token.text === 'true' || token.text === 'false')) return 'boolean';
  return token.text === 'null' ? 'nothing' : 'unknown';
}

/** The variables that an expression reads: its names, without properties, functions and the words of the language. */
export function variablesOf(tokens: readonly Token[]): string[] {
  return tokens.flatMap(({ kind, text }, index) => {
    const isName = kind === 'identifier' && !words.has(text);
    return isName && tokens[index - 1]?.text !== '.' && tokens[index + 1]?.text !== '(' ? [text] : [];
  });
}

const words: ReadonlySet<string> = new Set([...comparing, ...negating, ...calculating, 'true', 'false', 'null']);
