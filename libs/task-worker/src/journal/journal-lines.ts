import { existsSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { parseJson } from '@procos/json';
import type { LedgerEntry } from './attempt-ledger.ts';

/** A line of the journal: what is known of a task from now on, or that nothing is. */
export function lineOf(taskId: string, entry: LedgerEntry | undefined): string {
  return `${JSON.stringify(entry ?? { ended: taskId })}\n`;
}

export interface JournalContent {
  readonly entries: readonly LedgerEntry[];
  /** Lines that could not be read. */
  readonly torn: number;
}

/** Reads a journal. Lines that a crash or a full disk has torn are left out. */
export function readJournal(path: string): JournalContent {
  const entries = new Map<string, LedgerEntry>();
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  let torn = 0;
  // What follows the last line end was torn by the crash: its handler had not begun.
  for (const row of text.split('\n').slice(0, -1)) {
    const change = parseLine(row);
    if (change === undefined) torn++;
    else if ('ended' in change) entries.delete(change.ended);
    else entries.set(change.task.id, change);
  }
  return { entries: [...entries.values()], torn };
}

type Change = LedgerEntry | { readonly ended: string };

function parseLine(row: string): Change | undefined {
  try {
    const change = parseJson(row) as Partial<LedgerEntry> & { readonly ended?: unknown };
    const isEntry =
      typeof change?.task?.id === 'string' &&
      typeof change.task.policy === 'object' &&
      typeof change.crashes === 'number';
    return isEntry || typeof change?.ended === 'string' ? (change as Change) : undefined;
  } catch {
    // Counted by the caller, who logs it.
    return undefined;
  }
}

/** Writes a journal anew, whole at any moment. @returns the file, open to append */
export function rewriteJournal(path: string, entries: Iterable<LedgerEntry>): number {
  writeFileSync(`${path}.new`, [...entries].map((entry) => lineOf(entry.task.id, entry)).join(''), { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return openSync(path, 'a');
}

/** A write may take a part only, on a disk that is nearly full, say. @returns how many bytes were written */
export function writeWhole(file: number, text: string): number {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) {
    const count = writeSync(file, bytes.subarray(written));
    if (count === 0) throw new Error('The disk took nothing of a line');
    written += count;
  }
  return bytes.length;
}
