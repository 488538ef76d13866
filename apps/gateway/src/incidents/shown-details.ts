import { longestDetails } from '@procos/contracts';
import { readFailureDetails } from '@procos/errors';
import { plain } from './plain-sentence.ts';

/** What a worker or the engine wrote about a failure, as a person can use it. */
export interface ShownDetails {
  /** `null` when nothing is said beyond the message. */
  readonly details: string | null;
  /** What to do, when the writer said so on a line of its own that begins with `→`. */
  readonly advice: string | undefined;
}

const stackFrame = /^\s*(?:at\s+\S|\.\.\. \d+ (?:more|common frames))/;
const causePrefix = /^(?:Caused by: )?(?:[\w$]+\.)+[\w$]*(?:Exception|Error)(?:: ?|$)/;

/**
 * Leaves what tells the cause: no frames of a stack, no class names of the engine, no line twice, none that the message
 * says already.
 *
 * @param text details of an external task or the stack trace of a job
 */
export function shownDetails(text: string, message: string | null): ShownDetails {
  const lines = readFailureDetails(text)
    .details.split(/\r?\n/)
    .filter((line) => !stackFrame.test(line))
    .map((line) => plain(line.replace(causePrefix, '')));
  const advice = lines.filter((line) => line.startsWith('→')).map((line) => line.slice(1).trim());
  const said = plain(message ?? '');
  const kept = [...new Set(lines)].filter((line) => line !== '' && !line.startsWith('→') && !repeats(line, said));
  return {
    details: kept.length === 0 ? null : bounded(kept.join('\n')),
    advice: advice.length === 0 ? undefined : advice.join(' '),
  };
}

function repeats(line: string, said: string): boolean {
  return said.includes(line) || line.replace(/^\w*Error: /, '') === said;
}

/** The text, cut where it is longer than details may be. */
export function bounded(text: string): string {
  if (text.length <= longestDetails) return text;
  const cut = text.slice(0, longestDetails - 1);
  // Never half of a character of two units.
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
