import { styleText } from 'node:util';
import type { Io, TextOutput } from '../io.ts';

export type Tone = 'good' | 'bad' | 'warn' | 'dim' | 'strong';

/** Puts a text into the colour of a tone; the same text when colours are not wanted. */
export type Paint = (text: string, tone: Tone | undefined) => string;

const formats = { good: 'green', bad: 'red', warn: 'yellow', dim: 'dim', strong: 'bold' } as const;

/** Colours only where a person looks, and not against `NO_COLOR`. Source: https://no-color.org */
export function painter(io: Io, output: TextOutput): Paint {
  const wanted = output.isTTY && (io.env['NO_COLOR'] ?? '') === '';
  return (text, tone) =>
    wanted && tone !== undefined ? styleText(formats[tone], text, { validateStream: false }) : text;
}

/**
 * What comes from a process may hold control characters that would steer the terminal: they are shown, not obeyed. Nor is
 * a command in it a hint of ours, see {@link othersCommand}.
 */
export function printable(text: string): string {
  return printableLines(text.replace(/\r?\n/g, ' ⏎ ')).replaceAll('\n', ' ');
}

/** The same for a text of several lines. */
export function printableLines(text: string): string {
  return withoutControls(text).replaceAll(ownCommand, othersCommand);
}

/** The same for what ProcOS says to do next: a command in it leads to the system that was asked about. */
export function printableHint(text: string): string {
  return withoutControls(text.replace(/\r?\n/g, ' ⏎ ')).replaceAll('\n', ' ');
}

/** How our own hints name a command, and the same words in texts of others: a mark without width keeps them apart until they are written. */
export const ownCommand = 'npx procos ';
export const othersCommand = 'npx\u2060 procos ';

function withoutControls(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, (character) =>
    character === '\t' ? ' ' : '�',
  );
}
