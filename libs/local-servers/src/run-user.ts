// Servers that refuse to run as root, or should not, run as the user of their package.
import { chownSync, readFileSync } from 'node:fs';

export interface RunUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The user to run a server as: nobody else than ourselves, unless we are root.
 *
 * @param names wanted users, the first that exists is taken
 */
export function userToRunAs(names: readonly string[]): RunUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = new Map(
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .map(([name = '', , uid, gid]) => [name, { uid: Number(uid), gid: Number(gid) }]),
  );
  return names.map((name) => users.get(name)).find((user) => user !== undefined);
}

/** Lets that user own a folder. */
export function giveFolder(folder: string, user: RunUser | undefined): void {
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
}
