/** Tokens of the part of the Unified Expression Language that a model may use. */
export type TokenKind = 'number' | 'string' | 'identifier' | 'operator' | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

export interface TokenizedExpression {
  readonly tokens: readonly Token[];
  /** Position behind the closing brace. */
  readonly end: number;
}

const twoCharacterOperators: ReadonlySet<string> = new Set(['&&', '||', '==', '!=', '<=', '>=']);
const oneCharacterOperators: ReadonlySet<string> = new Set('+-*/%!<>?:().[],'.split(''));
const identifierStart = /[\p{L}_$]/u;
const identifierPart = /[\p{L}\p{N}_$]/u;

/**
 * Reads tokens from `start` (behind `${`) to the closing brace. One pass, no look-back: linear in the length.
 * Braces inside string literals belong to the literal, as in JUEL.
 *
 * @returns the tokens, or the reason why this is no expression of the subset
 */
export function tokenizeExpression(text: string, start: number): TokenizedExpression | string {
  const tokens: Token[] = [];
  let position = start;
  while (position < text.length) {
    const character = text.charAt(position);
    if (character === '}') return { tokens: [...tokens, { kind: 'end', text: '}' }], end: position + 1 };
    if (/\s/.test(character)) {
      position += 1;
      continue;
    }
    const token = readToken(text, position);
    if (typeof token === 'string') return token;
    tokens.push(token);
    position += token.text.length;
  }
  return 'the closing brace is missing';
}

function readToken(text: string, position: number): Token | string {
  const character = text.charAt(position);
  if (character === '"' || character === "'") return readString(text, position);
  if (/[0-9]/.test(character)) return { kind: 'number', text: readNumber(text, position) };
  if (identifierStart.test(character)) return { kind: 'identifier', text: readWhile(text, position, identifierPart) };
  const pair = text.slice(position, position + 2);
  if (twoCharacterOperators.has(pair)) return { kind: 'operator', text: pair };
  if (oneCharacterOperators.has(character)) return { kind: 'operator', text: character };
  return `the character ${JSON.stringify(character)} is not part of the expression language`;
}

function readString(text: string, start: number): Token | string {
  const quote = text.charAt(start);
  for (let position = start + 1; position < text.length; position += 1) {
    const character = text.charAt(position);
    if (character === quote) return { kind: 'string', text: text.slice(start, position + 1) };
    if (character !== '\\') continue;
    position += 1;
    if (!['\\', '"', "'"].includes(text.charAt(position))) return 'a string literal has an unknown escape';
  }
  return 'a string literal is not closed';
}

function readNumber(text: string, start: number): string {
  const digits = /[0-9]/;
  let number = readWhile(text, start, digits);
  if (text.charAt(start + number.length) === '.' && digits.test(text.charAt(start + number.length + 1))) {
    number += `.${readWhile(text, start + number.length + 1, digits)}`;
  }
  return number;
}

function readWhile(text: string, start: number, allowed: RegExp): string {
  let end = start;
  while (end < text.length && allowed.test(text.charAt(end))) end += 1;
  return text.slice(start, end);
}
