import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guarded } from './guarded.mjs';

/**
 * The folder of a service: the one given, which is kept, or a scratch folder that goes when it is discarded.
 * @param {string} service
 * @param {string} [given]
 * @returns {{folder: string, kept: boolean, discard: () => void}}
 */
export function openFolder(service, given) {
  if (given !== undefined) {
    mkdirSync(given, { recursive: true });
    return { folder: given, kept: true, discard: () => {} };
  }
  const folder = mkdtempSync(join(tmpdir(), `procos-${service}-`));
  const release = guarded({ folder });
  const discard = () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    release();
  };
  return { folder, kept: false, discard };
}
