import { existsSync, mkdtempSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf } from '@procos/errors';
import { dataFolder } from '../gateway-address.ts';
import type { Check } from './check.ts';

/** Really writes, and leaves nothing behind: access rights alone do not tell about full or read-only disks. */
export const checkDataFolder: Check = async ({ io, options }) => {
  const folder = dataFolder(io, options);
  const nearest = nearestExisting(folder);
  try {
    rmdirSync(mkdtempSync(join(nearest, '.procos-doctor-')));
  } catch (error) {
    return {
      check: 'Data folder',
      state: 'problem',
      detail: `${folder} cannot be written: ${messageOf(error)}`,
      remedy: 'Correct its permissions, or name another folder with --data-dir or PROCOS_DATA_DIR.',
    };
  }
  return {
    check: 'Data folder',
    state: 'ok',
    detail: nearest === folder ? `${folder} can be written` : `${folder} can be created`,
  };
};

function nearestExisting(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestExisting(dirname(folder));
}
