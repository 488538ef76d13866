/** The folder for what is built or fetched once: `$PROCOS_CACHE_DIR`, else `$XDG_CACHE_HOME/procos`, else `~/.cache/procos`. */
export function defaultCacheDir(): string;

/** A short hash over the sources of the engine, the recipe of the build and the Java runtime that will run it. */
export function engineKey(product: 'operaton' | 'camunda', java: { version: string; home: string }): string;
