/** True when the packages are those of the lockfile, whoever installed them. */
export function isInstalled(root: string): boolean;
