export { createApp } from './app.ts';
export type { AiWorkerDeps } from './app.ts';
export { aiWorkerFields } from './config.ts';
