import { refusalOf } from './expression-grammar.ts';
import { tokenizeExpression } from './tokenize-expression.ts';

export interface RefusedExpression {
  /** The expression as written, shortened. */
  readonly expression: string;
  readonly reason: string;
  /** Where the expression begins in the text. */
  readonly start: number;
  /** True when only `#{…}` has to become `${…}`. */
  readonly onlyDeferred: boolean;
}

const shownLength = 80;

/**
 * Every expression in a text that the engine would evaluate and the allowed subset does not contain.
 * A text without `${` and `#{` is a literal for the engine.
 *
 * @param allowed whole expressions (`${…}`) that are accepted although the grammar refuses them
 */
export function refusedExpressions(text: string, allowed: ReadonlySet<string> = new Set()): RefusedExpression[] {
  const refused: RefusedExpression[] = [];
  let start = nextExpression(text, 0);
  while (start !== -1) {
    const { end, reason, onlyDeferred } = judge(text, start);
    if (reason !== undefined && !allowed.has(text.slice(start, end))) {
      refused.push({ expression: text.slice(start, Math.min(end, start + shownLength)), reason, start, onlyDeferred });
    }
    start = nextExpression(text, end);
  }
  return refused;
}

interface Judgement {
  readonly end: number;
  readonly reason: string | undefined;
  readonly onlyDeferred: boolean;
}

function judge(text: string, start: number): Judgement {
  const tokenized = tokenizeExpression(text, start + 2);
  if (typeof tokenized === 'string') return { end: endOfBroken(text, start), reason: tokenized, onlyDeferred: false };
  const refusal = refusalOf(tokenized.tokens);
  if (text.charAt(start) === '$') return { end: tokenized.end, reason: refusal, onlyDeferred: false };
  return {
    end: tokenized.end,
    reason: refusal ?? 'deferred expressions #{…} are not allowed',
    onlyDeferred: refusal === undefined,
  };
}

/** What cannot be tokenized is shown up to its first brace; scanning goes on right behind its opening. */
function endOfBroken(text: string, start: number): number {
  const brace = text.indexOf('}', start);
  return brace === -1 ? text.length : brace + 1;
}

function nextExpression(text: string, from: number): number {
  for (let position = from; position < text.length - 1; position += 1) {
    const character = text.charAt(position);
    if ((character === '$' || character === '#') && text.charAt(position + 1) === '{') return position;
  }
  return -1;
}
