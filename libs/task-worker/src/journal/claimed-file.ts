import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ClaimedFile {
  readonly path: string;
  /** Lets another process have it. */
  release(): void;
}

const claimedHere = new Set<string>();
/** A file without a process id that is younger than this is being written, in milliseconds. */
const writingMs = 10_000;

/** Takes the first file of this name that belongs to no live process, also when several processes ask at once. */
export function claimFile(folder: string, name: string): ClaimedFile {
  for (let number = 1; ; number++) {
    const path = join(folder, `${name}${number === 1 ? '' : `-${number}`}.journal`);
    const owner = `${path}.pid`;
    if (claimedHere.has(path) || !(isMade(owner) || isTakenOver(owner))) continue;
    claimedHere.add(path);
    const release = () => {
      claimedHere.delete(path);
      rmSync(owner, { force: true });
    };
    return { path, release };
  }
}

/** Of several processes that make a file at once, one has made it. */
function isMade(owner: string): boolean {
  try {
    writeFileSync(owner, String(process.pid), { flag: 'wx' });
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw thrown;
  }
}

/** Of several processes that find a dead one's file, one may have it: the one that makes the file beside it. */
function isTakenOver(owner: string): boolean {
  if (isOthers(owner)) return false;
  const taking = `${owner}.taking`;
  if (existsSync(taking) && !isOthers(taking)) rmSync(taking, { force: true });
  if (!isMade(taking)) return false;
  try {
    if (isOthers(owner)) return false;
    writeFileSync(owner, String(process.pid));
    return true;
  } finally {
    rmSync(taking, { force: true });
  }
}

/** The same process id may have held it in an earlier thread of this process, or in an earlier life of a container. */
function isOthers(owner: string): boolean {
  try {
    const pid = Number(readFileSync(owner, 'utf8'));
    if (pid === 0) return Date.now() - statSync(owner).mtimeMs < writingMs;
    if (pid === process.pid) return false;
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
