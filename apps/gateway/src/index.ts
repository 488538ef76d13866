export { createApp } from './app.ts';
export type { GatewayDeps } from './app.ts';
export { gatewayFields } from './config.ts';
export { gatewayErrors } from './errors.ts';
