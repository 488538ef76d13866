import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, parse, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * What the process for works of models may read: its own code, the packages that it is made of, and nothing that people keep
 * on this machine.
 */
export function readableFolders(): readonly string[] {
  const own = realpathSync(fileURLToPath(new URL('../', import.meta.url)));
  const libraries = ['errors', 'json'].map((name) =>
    dirname(realpathSync(createRequire(import.meta.url).resolve(`@procos/${name}/package.json`))),
  );
  const installed = [own, ...libraries]
    .flatMap(above)
    .map((folder) => join(folder, 'node_modules'))
    .filter((folder) => existsSync(folder));
  const folders = [own, ...libraries, ...installed].map((folder) => (folder.endsWith(sep) ? folder : folder + sep));
  // Says what kind of modules the code is.
  return [...new Set([...folders, join(dirname(own), 'package.json')])];
}

/** A folder and those that hold it. */
function above(folder: string): readonly string[] {
  return folder === parse(folder).root ? [folder] : [folder, ...above(dirname(folder))];
}
