import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileOf = (folder: string): string => join(folder, 'password');

/** Whether the service of this folder was started with a password before. */
export const hasPassword = (folder: string): boolean => existsSync(fileOf(folder));

/**
 * The password of the service in this folder, made the first time and kept beside its state: loopback is reached by every
 * user of the machine, the file by its owner alone.
 */
export function passwordOf(folder: string): string {
  if (!hasPassword(folder)) writeFileSync(fileOf(folder), `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  return readFileSync(fileOf(folder), 'utf8').trim();
}
