import type { Environment } from '@procos/config';

/** The apps that embedded mode always runs beside the kernel, each in a thread of its own. */
const coreApps = ['gateway', 'system-worker', 'generic-worker', 'ai-worker'] as const;

/** Apps that run when the outside service they speak to is named, and the setting that names it. */
const optionalApps = [
  ['email-adapter', 'SMTP_HOST'],
  ['slack-adapter', 'SLACK_BOT_TOKEN'],
] as const;

export type ThreadedApp = (typeof coreApps)[number] | (typeof optionalApps)[number][0];

/** Every app that can run in a thread. */
export const threadedApps: readonly ThreadedApp[] = [...coreApps, ...optionalApps.map(([app]) => app)];

/** The apps that run under these settings. */
export function appsToRun(env: Environment): readonly ThreadedApp[] {
  const wanted = optionalApps.filter(([, setting]) => (env[setting] ?? '') !== '');
  return [...coreApps, ...wanted.map(([app]) => app)];
}
