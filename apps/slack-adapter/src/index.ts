export { createApp } from './app.ts';
export type { SlackAdapterDeps } from './app.ts';
export { slackAdapterFields } from './config.ts';
