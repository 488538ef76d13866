import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Marks of processes by their ids, in the form JSON has. */
export type ProcessMarks = Readonly<Record<string, string>>;

/**
 * Tells a process from a later one with the same id: when it started, and on Linux in which boot of the machine. After a
 * power failure or in a restarted container another program may have the id of one that was written down.
 *
 * @returns `undefined` when there is no such process, or it cannot be looked at
 */
export function processMark(pid: number): string | undefined {
  try {
    return process.platform === 'linux' ? linuxMark(pid) : startTime(pid);
  } catch {
    // Whether it is alive at all is asked elsewhere.
    return undefined;
  }
}

/** The marks of those processes that are there. */
export function processMarks(pids: readonly (number | undefined)[]): ProcessMarks {
  return Object.fromEntries(
    pids.flatMap((pid) => {
      const mark = pid === undefined ? undefined : processMark(pid);
      return mark === undefined ? [] : [[String(pid), mark]];
    }),
  );
}

/** True while the very process that was marked runs. One of which there is no mark may be anybody's: it does not count as running. */
export function isStillRunning(pid: number, marks: ProcessMarks): boolean {
  if (!isAlive(pid)) return false;
  const [then, now] = [marks[String(pid)], processMark(pid)];
  return then !== undefined && then === now;
}

/** True while a process with this id exists. */
export function isAlive(pid: number): boolean {
  // 0 and negative numbers name groups of processes.
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Source: proc_pid_stat(5): field 22 is the start in ticks since boot; the second one, a name in brackets, may hold anything. */
function linuxMark(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return ticks === undefined ? undefined : `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${ticks}`;
}

/** The same text whatever language and time zone the caller has. */
function startTime(pid: number): string {
  return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: '/bin:/usr/bin', LC_ALL: 'C', TZ: 'UTC' },
  }).trim();
}
