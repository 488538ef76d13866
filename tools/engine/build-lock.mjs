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
 * @param {{onWait?: (ownerPid: number) => void}} options
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

function tryCreate(file) {
  try {
    writeFileSync(file, `${process.pid} ${new Date().toISOString()}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function readOwner(file) {
  try {
    const text = readFileSync(file, 'utf8');
    const pid = Number.parseInt(text, 10);
    const silentMs = Date.now() - statSync(file).mtimeMs;
    return { text, pid, stale: silentMs > STALE_MS || (Number.isInteger(pid) && !isAlive(pid)) };
  } catch (error) {
    // Released between our attempt to create it and this look at it.
    if (error.code === 'ENOENT') return { text: '', pid: 0, stale: false };
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Only one of several waiting builders wins the rename; a lock that changed hands meanwhile is put back. */
function removeStale(file, text) {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (readFileSync(aside, 'utf8') === text) rmSync(aside, { force: true });
  else renameSync(aside, file);
}

function touch(file) {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch (error) {
    // The lock was taken over: harmless, see the top of this file.
    if (error.code !== 'ENOENT') throw error;
  }
}
