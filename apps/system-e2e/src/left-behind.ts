import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Processes that were started for a folder, one a line. The apps of the distributed mode are told it in their environment alone. */
export function leftBehind(folder: string): string {
  if (process.platform !== 'linux')
    return spawnSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
      .stdout.split('\n')
      .filter((line) => line.includes(folder))
      .join('\n');
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids
    .filter((pid) => [readProc(pid, 'cmdline'), readProc(pid, 'environ')].some((text) => text.includes(folder)))
    .map((pid) => `${pid} ${readProc(pid, 'cmdline')}`)
    .join('\n');
}

function readProc(pid: string, file: 'cmdline' | 'environ'): string {
  try {
    return readFileSync(join('/proc', pid, file), 'utf8').replaceAll('\0', ' ');
  } catch {
    // It has ended by now, or belongs to somebody else.
    return '';
  }
}
