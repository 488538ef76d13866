export { createApp } from './app.ts';
export type { GenericWorkerDeps } from './app.ts';
export { genericWorkerFields } from './config.ts';
