/** The folder for what is built or fetched once: `$PROCOS_CACHE_DIR`, else `$XDG_CACHE_HOME/procos`, else `~/.cache/procos`. */
export function defaultCacheDir(): string;
