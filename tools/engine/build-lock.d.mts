/** Runs `work` while holding the lock file; see build-lock.mjs. */
export function withBuildLock<T>(
  file: string,
  options: { onWait?: (ownerPid: number) => void },
  work: () => Promise<T>,
): Promise<T>;
