import type { Environment } from '@procos/config';

/** The apps that always run beside the kernel. */
const coreApps = ['gateway', 'system-worker', 'generic-worker', 'ai-worker', 'event-bridge'] as const;

/** Apps that run when the outside service they speak to is named, and the setting that names it. */
const optionalApps = [
  ['email-adapter', 'SMTP_HOST'],
  ['slack-adapter', 'SLACK_BOT_TOKEN'],
] as const;

/** Apps of the distributed mode alone. */
export const distributedApps = ['service-registry'] as const;

export type ThreadedApp = (typeof coreApps)[number] | (typeof optionalApps)[number][0];
export type AppName = 'kernel' | ThreadedApp | (typeof distributedApps)[number];

/** Every app that can run in a thread. */
export const threadedApps: readonly ThreadedApp[] = [...coreApps, ...optionalApps.map(([app]) => app)];

/** The apps that run in both modes under these settings, the kernel apart. */
export function appsToRun(env: Environment): readonly ThreadedApp[] {
  const wanted = optionalApps.filter(([, setting]) => (env[setting] ?? '') !== '');
  return [...coreApps, ...wanted.map(([app]) => app)];
}

/** Apps that may run in several copies: those whose work is shared by the engine or the broker. */
export const scalableApps = ['system-worker', 'generic-worker', 'ai-worker', 'event-bridge'] as const;

/** How many copies of an app run; one where nothing is said. */
export type Scale = Readonly<Partial<Record<(typeof scalableApps)[number], number>>>;
