// Made by npm run generate from src/declaration.ts of each app: never edited.

/** What `procos up` can run. Each app is loaded only where it is needed: most commands know of it no more than this. */
export const declaredApps = [
  {
    name: 'kernel',
    port: 8090,
    runs: 'first',
    copies: 'one',
  },
  {
    name: 'gateway',
    port: 8088,
    runs: 'always',
    copies: 'one',
    load: () => import('@procos/gateway'),
  },
  {
    name: 'system-worker',
    port: 8093,
    runs: 'always',
    copies: 'several',
    load: () => import('@procos/system-worker'),
  },
  {
    name: 'generic-worker',
    port: 8094,
    runs: 'always',
    copies: 'several',
    load: () => import('@procos/generic-worker'),
  },
  {
    name: 'ai-worker',
    port: 8095,
    runs: 'always',
    copies: 'several',
    load: () => import('@procos/ai-worker'),
  },
  {
    name: 'event-bridge',
    port: 8092,
    runs: 'always',
    copies: 'one leads',
    load: () => import('@procos/event-bridge'),
  },
  {
    name: 'email-adapter',
    port: 8096,
    runs: { whenSet: 'SMTP_HOST' },
    copies: 'one',
    load: () => import('@procos/email-adapter'),
  },
  {
    name: 'slack-adapter',
    port: 8097,
    runs: { whenSet: 'SLACK_BOT_TOKEN' },
    copies: 'one',
    load: () => import('@procos/slack-adapter'),
  },
  {
    name: 'service-registry',
    port: 8091,
    runs: 'distributed',
    copies: 'one',
    load: () => import('@procos/service-registry'),
  },
] as const;
