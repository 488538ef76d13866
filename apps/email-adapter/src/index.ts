export { createApp } from './app.ts';
export type { EmailAdapterDeps } from './app.ts';
export { emailAdapterFields } from './config.ts';
