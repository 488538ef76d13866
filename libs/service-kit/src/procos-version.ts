import { readFileSync } from 'node:fs';

/**
 * The version of this ProcOS, such as `0.1.0`. All of its packages have the same one: it is read from that of this library,
 * which images hold as well.
 */
export const procosVersion: string = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string }
).version;
