import { globSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Folder of the checkout. */
export const root = resolve(import.meta.dirname, '../..');

/** What one source file exports. */
export interface LoadedModule {
  /** Project it belongs to, for example `apps/kernel`. */
  readonly project: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

/**
 * Loads source files by name, so that a new app is found without a list that names it, and this project does not depend
 * on any app.
 */
export async function loadModules(pattern: string): Promise<readonly LoadedModule[]> {
  const files = globSync(pattern, { cwd: root, exclude: (name) => name === 'node_modules' || name === 'dist' }).sort();
  return Promise.all(
    files.map(async (file) => ({
      project: file.split(sep).slice(0, 2).join('/'),
      exports: (await import(/* @vite-ignore */ pathToFileURL(join(root, file)).href)) as Record<string, unknown>,
    })),
  );
}
