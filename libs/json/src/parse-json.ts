import { randomUUID } from 'node:crypto';
import './raw-json.ts';
import { exactNumber } from './exact-number.ts';

/** Only with one of these in it can a text hold a number that a double does not keep: 16 digits in a row, or an exponent. */
const mayHoldLongNumber = /\d{16}|\d[eE][+-]?\d/;
const token = /[-+.\w]+/g;
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** Stands before the digits of a number that was written as a text for the parser; nobody else knows it. */
const mark = `${randomUUID()}:`;

/**
 * Reads JSON and keeps its numbers: an integer beyond ±(2^53 − 1) becomes a `bigint` with all of its digits, any other number
 * the nearest double, as everywhere. Members of any name come through, `__proto__` as an ordinary one.
 *
 * @throws InexactNumberError for a number that no double comes near (`1e400`, `12345678901234567.89`), SyntaxError for what is
 * no JSON
 */
export function parseJson(text: string): unknown {
  if (!mayHoldLongNumber.test(text)) return JSON.parse(text) as unknown;
  const marked = withMarks(text);
  const value = JSON.parse(marked) as unknown;
  return marked === text ? value : withoutMarks(value);
}

/** The text with its long integers as marked texts. What is in quotes stays as it is. */
function withMarks(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const quote = text.indexOf('"', at);
    const end = quote === -1 ? text.length : quote;
    const between = text.slice(at, end);
    if (mayHoldLongNumber.test(between)) {
      parts.push(
        text.slice(from, at),
        between.replaceAll(token, (word, offset: number) => marked(word, between.slice(offset + word.length))),
      );
      from = end;
    }
    at = quote === -1 ? text.length : endOfText(text, quote);
  }
  return parts.length === 0 ? text : `${parts.join('')}${text.slice(from)}`;
}

function marked(word: string, behind: string): string {
  // What is no number, or stands where a name must, is left for the parser to refuse.
  if (!number.test(word) || /^\s*:/.test(behind)) return word;
  const value = exactNumber(word);
  return typeof value === 'bigint' ? `"${mark}${word}"` : word;
}

/** Where the text goes on behind a text in quotes. */
function endOfText(text: string, quote: number): number {
  for (let at = text.indexOf('"', quote + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text[at - 1 - escapes] === '\\') escapes++;
    if (escapes % 2 === 0) return at + 1;
  }
  return text.length;
}

/** Without recursion: the parser reads any depth. */
function withoutMarks(value: unknown): unknown {
  const whole = { value };
  const open: Record<string, unknown>[] = [whole];
  for (let holder = open.pop(); holder !== undefined; holder = open.pop()) {
    for (const name of Object.keys(holder)) {
      const member = holder[name];
      if (typeof member === 'string') {
        if (member.startsWith(mark)) holder[name] = BigInt(member.slice(mark.length));
      } else if (typeof member === 'object' && member !== null) {
        open.push(member as Record<string, unknown>);
      }
    }
  }
  return whole.value;
}
