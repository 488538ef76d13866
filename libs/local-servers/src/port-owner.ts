// Which program listens on a port, as Linux tells it for processes that we may look into.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The state "listening" in /proc/net/tcp, see proc_net_tcp in the kernel's documentation. */
const LISTENING = '0A';

/** @returns name and process id, such as `epmd (process 4711)`; undefined where nobody tells */
export function ownerOf(port: number): string | undefined {
  const inode = listeningInode(port);
  const pid = inode === undefined ? undefined : processWith(`socket:[${inode}]`);
  return pid === undefined ? undefined : `${readOr(`/proc/${pid}/comm`, 'a program').trim()} (process ${pid})`;
}

function listeningInode(port: number): string | undefined {
  const ending = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => readOr(file, '').split('\n').slice(1));
  const fields = rows.map((row) => row.trim().split(/\s+/));
  return fields.find(([, local, , state]) => local?.endsWith(ending) && state === LISTENING)?.[9];
}

function processWith(socket: string): string | undefined {
  const pids = listOr('/proc').filter((name) => /^\d+$/.test(name));
  return pids.find((pid) => listOr(`/proc/${pid}/fd`).some((fd) => linkOr(`/proc/${pid}/fd/${fd}`) === socket));
}

// Processes end while they are looked at, those of other users are closed to us, and other systems have no /proc.
const orElse = <T>(read: () => T, fallback: T): T => {
  try {
    return read();
  } catch {
    return fallback;
  }
};
const readOr = (file: string, fallback: string) => orElse(() => readFileSync(file, 'utf8'), fallback);
const listOr = (folder: string) => orElse<readonly string[]>(() => readdirSync(folder), []);
const linkOr = (file: string) => orElse<string | undefined>(() => readlinkSync(file), undefined);
