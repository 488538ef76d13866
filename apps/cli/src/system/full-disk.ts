import { statfs } from 'node:fs/promises';
import type { ProcosError } from '@procos/errors';
import { systemErrors } from './errors.ts';

/** Bytes; with less an engine can neither make its database nor write its log. */
const leastRoom = 16 * 2 ** 20;

/**
 * Why a boot has failed on a disk without room: its parts say so each in its own way, such as that a database cannot be opened.
 *
 * @returns undefined when there is room, or nobody can tell
 */
export async function fullDisk(folder: string, cause: unknown): Promise<ProcosError | undefined> {
  const disk = await statfs(folder).catch(() => undefined);
  const free = disk === undefined ? leastRoom : disk.bavail * disk.bsize;
  if (free >= leastRoom) return undefined;
  return systemErrors.PROCOS_CLI_DISK_FULL({ path: folder, left: `${(free / 2 ** 20).toFixed(1)} MiB` }, cause);
}
