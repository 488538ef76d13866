import type { BpmnError } from '@procos/errors';
import { fileRefused } from './file-errors.ts';
import { folderSize, removeLeftovers } from './folder-size.ts';
import type { Jail } from './jail.ts';

/** Bytes promised to files that are being written, and the line of those who want to know or change that. */
interface Ledger {
  reserved: number;
  last: Promise<unknown>;
}

/** Room that nobody else gets. */
export interface Promised {
  /** In bytes. */
  readonly growth: number;
  /** Call it while {@link alone}, in the moment in which the file counts by itself, or when it is given up. */
  giveBack(): void;
}

/** One for each folder, whoever works in it: tasks of this process see each other's promises. */
const ledgers = new Map<string, Ledger>();

function ledgerOf({ root }: Jail): Ledger {
  const known = ledgers.get(root);
  if (known !== undefined) return known;
  // What cannot be removed now is no reason to refuse work: the next start tries again.
  const ledger: Ledger = { reserved: 0, last: removeLeftovers(root).catch(() => undefined) };
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
export async function reserve(jail: Jail, path: string, bytes: { readonly file: number; readonly growth: number }): Promise<Promised> {
  const ledger = ledgerOf(jail);
  if (bytes.file > jail.maxFileBytes) throw tooLarge(jail, path, `would have ${bytes.file} bytes`);
  const growth = Math.max(0, bytes.growth);
  if (growth > 0 && (await folderSize(jail.root)) + ledger.reserved + growth > jail.quotaBytes) {
    throw fileRefused(path, `would take the folder over its quota of ${jail.quotaBytes} bytes`);
  }
  let open = growth;
  ledger.reserved += open;
  const giveBack = () => {
    ledger.reserved -= open;
    open = 0;
  };
  return { growth, giveBack };
}

/** @param fact completes "it …" */
export function tooLarge({ maxFileBytes }: Jail, path: string, fact: string): BpmnError {
  return fileRefused(path, `${fact} and the limit is ${maxFileBytes}`);
}
