import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { systemErrors } from './errors.ts';
import { isStillRunning, processMark } from './process-mark.ts';

interface Owner {
  readonly pid: number;
  readonly mark: string | undefined;
  /** Tells two claims of one process apart. */
  readonly claim: string;
}

/** Time in which a claim that crossed ours would show, in milliseconds. */
const settleMs = 20;

/**
 * Makes a data folder this process's own, also when several processes want it in the same moment: one has it, the others
 * are refused and touch nothing. The claim of a process that is no more counts for nothing.
 *
 * @returns gives it back
 * @throws PROCOS_CLI_ALREADY_RUNNING
 */
export async function claimFolder(root: string): Promise<() => void> {
  const file = join(root, 'up.lock');
  const mine: Owner = { pid: process.pid, mark: processMark(process.pid), claim: randomUUID() };
  while (!isMade(file, mine)) {
    const owner = ownerIn(file);
    if (owner === undefined) continue;
    if (isOthers(owner)) throw systemErrors.PROCOS_CLI_ALREADY_RUNNING({ path: root, pid: owner.pid });
    takeAway(file, owner);
  }
  await delay(settleMs);
  const owner = ownerIn(file);
  if (owner !== undefined && owner.claim !== mine.claim)
    throw systemErrors.PROCOS_CLI_ALREADY_RUNNING({ path: root, pid: owner.pid });
  return () => {
    if (ownerIn(file)?.claim === mine.claim) rmSync(file, { force: true });
  };
}

const isOthers = ({ pid, mark }: Owner) =>
  pid !== process.pid && mark !== undefined && isStillRunning(pid, { [String(pid)]: mark });

/** Whole or not at all: a link to a file that is written already. */
function isMade(file: string, owner: Owner): boolean {
  const draft = `${file}.${owner.claim}`;
  try {
    writeFileSync(draft, JSON.stringify(owner), { mode: 0o600 });
    linkSync(draft, file);
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw thrown;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Who has it; `undefined` when nobody has. What cannot be understood is nobody's. */
function ownerIn(file: string): Owner | undefined {
  try {
    const { pid, mark, claim } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<keyof Owner, unknown>>;
    return { pid: Number(pid), mark: typeof mark === 'string' ? mark : undefined, claim: String(claim) };
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if (thrown instanceof SyntaxError || thrown instanceof TypeError) return { pid: 0, mark: undefined, claim: '' };
    throw thrown;
  }
}

/** Of several that find a dead one's claim, one takes it away; a claim that was made meanwhile is put back. */
function takeAway(file: string, dead: Owner): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
    if (ownerIn(aside)?.claim !== dead.claim) linkSync(aside, file);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw thrown;
  } finally {
    rmSync(aside, { force: true });
  }
}
