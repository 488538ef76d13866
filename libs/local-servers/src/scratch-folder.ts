import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guarded } from './guarded.ts';
import type { ServicePlace } from './running-service.ts';

/**
 * The folder of a service: the one given, which is kept, or a scratch folder that goes when it is discarded.
 */
export function openFolder(service: string, given?: string): ServicePlace & { readonly discard: () => void } {
  if (given !== undefined) {
    mkdirSync(given, { recursive: true });
    return { folder: given, kept: true, discard: () => undefined };
  }
  const folder = mkdtempSync(join(tmpdir(), `procos-${service}-`));
  const release = guarded({ folder });
  const discard = () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    release();
  };
  return { folder, kept: false, discard };
}
