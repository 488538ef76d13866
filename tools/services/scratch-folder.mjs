import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder of a service: the one given, which is kept, or a scratch folder that goes when it is discarded.
 * @param {string} service
 * @param {string} [given]
 * @returns {{folder: string, discard: () => void}}
 */
export function openFolder(service, given) {
  if (given !== undefined) {
    mkdirSync(given, { recursive: true });
    return { folder: given, discard: () => {} };
  }
  const folder = mkdtempSync(join(tmpdir(), `procos-${service}-`));
  return { folder, discard: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }) };
}
