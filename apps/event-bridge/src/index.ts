export { createApp } from './app.ts';
export type { EventBridgeDeps } from './app.ts';
export { eventBridgeFields } from './config.ts';
export { eventBridgeErrors } from './errors.ts';
export { leadershipFrom } from './leadership-from.ts';
