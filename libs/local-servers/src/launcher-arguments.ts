import { fileURLToPath } from 'node:url';

/** Run from source, as this file is, or from what was built. */
const fromSource = import.meta.filename.endsWith('.ts');

/**
 * The arguments of node for a process that starts servers and ends them in good order, also when the one that started it is gone.
 *
 * @param words as `npm run servers -- --help` tells them
 */
export function launcherArguments(...words: readonly string[]): readonly string[] {
  const program = fileURLToPath(new URL(fromSource ? 'main.ts' : 'main.js', import.meta.url));
  return [...(fromSource ? ['--conditions=@procos/source'] : []), program, ...words];
}
