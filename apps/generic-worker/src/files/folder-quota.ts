import type { BpmnError } from '@procos/errors';
import { fileRefused } from './file-errors.ts';
import { folderUsage, removeLeftovers, type Usage } from './folder-size.ts';
import type { Jail } from './jail.ts';

/** What is promised to files that are being written, and the line of those who want to know or change that. */
interface Ledger {
  bytes: number;
  files: number;
  last: Promise<unknown>;
  /** What the folder holds, as it was looked at and as this process has changed it since. */
  used: Usage | undefined;
  lookedAtMs: number;
}

/** Other processes may work in the folder, too: it is looked at again after so long, and before anything is refused. */
const longestUnseenMs = 1_000;

/** What a file is to become. */
export interface Change {
  /** Bytes of the file after it. */
  readonly file: number;
  /** Bytes that all files together grow by. */
  readonly growth: number;
  /** Whether there is no such file yet. */
  readonly isNew: boolean;
}

/** Room that nobody else gets. */
export interface Promised {
  /** In bytes. */
  readonly growth: number;
  readonly isNew: boolean;
  /** Call it while {@link alone}, in the moment in which the file counts by itself, or when it is given up. */
  giveBack(): void;
}

const mostFiles = 10_000;
/** One for each folder, whoever works in it: tasks of this process see each other's promises. */
const ledgers = new Map<string, Ledger>();

function ledgerOf({ root }: Jail): Ledger {
  const known = ledgers.get(root);
  if (known !== undefined) return known;
  // What cannot be removed now is no reason to refuse work: the next start tries again.
  const ledger: Ledger = {
    bytes: 0,
    files: 0,
    last: removeLeftovers(root).catch(() => undefined),
    used: undefined,
    lookedAtMs: 0,
  };
  ledgers.set(root, ledger);
  return ledger;
}

/** Works alone in the folder, as far as changes go: what is looked at stays as it is until the work is done. */
export function alone<Value>(jail: Jail, work: () => Promise<Value>): Promise<Value> {
  const ledger = ledgerOf(jail);
  const result = ledger.last.then(work);
  ledger.last = result.catch(() => undefined);
  return result;
}

/**
 * Promises room for a file that is to be written. Only while {@link alone}.
 *
 * @throws BpmnError FILE_REFUSED
 */
export async function reserve(jail: Jail, path: string, { file, isNew, ...change }: Change): Promise<Promised> {
  if (file > jail.maxFileBytes) throw tooLarge(jail, path, `would have ${file} bytes`);
  const growth = Math.max(0, change.growth);
  await demandRoom(jail, path, growth, isNew);
  const ledger = ledgerOf(jail);
  const open = { bytes: growth, files: isNew ? 1 : 0 };
  ledger.bytes += open.bytes;
  ledger.files += open.files;
  const giveBack = () => {
    ledger.bytes -= open.bytes;
    ledger.files -= open.files;
    Object.assign(open, { bytes: 0, files: 0 });
  };
  return { growth, isNew, giveBack };
}

/** Notes what a change has made of the folder. Only while {@link alone}, in the moment of the change. */
export function changed(jail: Jail, { bytes, files }: Usage): void {
  const ledger = ledgerOf(jail);
  if (ledger.used !== undefined) ledger.used = { bytes: ledger.used.bytes + bytes, files: ledger.used.files + files };
}

async function demandRoom(jail: Jail, path: string, growth: number, isNew: boolean): Promise<void> {
  if (growth === 0 && !isNew) return;
  if (reasonAgainst(jail, await usedOf(jail, longestUnseenMs), growth, isNew) === undefined) return;
  const reason = reasonAgainst(jail, await usedOf(jail, 0), growth, isNew);
  if (reason !== undefined) throw fileRefused(path, reason);
}

function reasonAgainst(jail: Jail, used: Usage, growth: number, isNew: boolean): string | undefined {
  const { quotaBytes, maxFiles = mostFiles } = jail;
  const ledger = ledgerOf(jail);
  if (growth > 0 && used.bytes + ledger.bytes + growth > quotaBytes)
    return `would take the folder over its quota of ${quotaBytes} bytes`;
  return isNew && used.files + ledger.files >= maxFiles
    ? `would be more than the ${maxFiles} files that the folder may hold`
    : undefined;
}

async function usedOf(jail: Jail, longestMs: number): Promise<Usage> {
  const ledger = ledgerOf(jail);
  const now = performance.now();
  if (ledger.used !== undefined && now - ledger.lookedAtMs < longestMs) return ledger.used;
  ledger.used = await folderUsage(jail.root);
  ledger.lookedAtMs = now;
  return ledger.used;
}

/** @param fact completes "it …" */
export function tooLarge({ maxFileBytes }: Jail, path: string, fact: string): BpmnError {
  return fileRefused(path, `${fact} and the limit is ${maxFileBytes}`);
}
