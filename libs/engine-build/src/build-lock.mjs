// One builder at a time for one key. Two builders could not harm each other (each builds in a folder of its own and renames
// it at the end), but the second would only repeat the work of the first.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEAT_MS = 2_000;
const STALE_MS = 30_000;
const POLL_MS = 250;

/**
 * Runs `work` while holding the lock file, waiting for its owner before that. A lock whose owner has died, or which has not
 * been touched for half a minute, is taken over.
 * @template T
 * @param {string} file
 * @param {{onWait?: (ownerPid: number) => void}} options told whom it waits for
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withBuildLock(file, options, work) {
  mkdirSync(dirname(file), { recursive: true });
  let waitingFor = 0;
  while (!tryCreate(file)) {
    const owner = readOwner(file);
    if (owner.stale) {
      removeStale(file, owner.text);
    } else {
      if (owner.pid !== waitingFor) {
        waitingFor = owner.pid;
        options.onWait?.(owner.pid);
      }
      await sleep(POLL_MS);
    }
  }
  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function tryCreate(file) {
  try {
    writeFileSync(file, `${process.pid} ${new Date().toISOString()}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} file */
function readOwner(file) {
  try {
    const text = readFileSync(file, 'utf8');
    const pid = Number.parseInt(text, 10);
    const silentMs = Date.now() - statSync(file).mtimeMs;
    return { text, pid, stale: silentMs > STALE_MS || (Number.isInteger(pid) && !isAlive(pid)) };
  } catch (error) {
    // Released between our attempt to create it and this look at it.
    if (codeOf(error) === 'ENOENT') return { text: '', pid: 0, stale: false };
    throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/**
 * Only one of several waiting builders wins the rename; a lock that changed hands meanwhile is put back.
 *
 * @param {string} file
 * @param {string} text
 */
function removeStale(file, text) {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (readFileSync(aside, 'utf8') === text) rmSync(aside, { force: true });
  else renameSync(aside, file);
}

/** @param {string} file */
function touch(file) {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch (error) {
    // The lock was taken over: harmless, see the top of this file.
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** @param {unknown} error of a call to the file system */
function codeOf(error) {
  return /** @type {NodeJS.ErrnoException} */ (error).code;
}
