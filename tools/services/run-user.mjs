// Servers that refuse to run as root, or should not, run as the user of their package.
import { chownSync, readFileSync } from 'node:fs';

/**
 * The user to run a server as: nobody else than ourselves, unless we are root.
 * @param {string[]} names wanted users, the first that exists is taken
 * @returns {{uid: number, gid: number} | undefined}
 */
export function userToRunAs(names) {
  if (process.getuid?.() !== 0) return undefined;
  const users = new Map(
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .map(([name, , uid, gid]) => [name, { uid: Number(uid), gid: Number(gid) }]),
  );
  return names.map((name) => users.get(name)).find((user) => user !== undefined);
}

/** Lets that user own a folder. */
export function giveFolder(folder, user) {
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
}
