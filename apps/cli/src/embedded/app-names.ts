/** The apps that embedded mode runs beside the kernel, each in a thread of its own. */
export const threadedApps = ['gateway', 'system-worker', 'generic-worker', 'ai-worker'] as const;
export type ThreadedApp = (typeof threadedApps)[number];
