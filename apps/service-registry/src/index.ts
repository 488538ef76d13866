export { createApp } from './app.ts';
export type { ServiceRegistryDeps } from './app.ts';
export { serviceRegistryFields } from './config.ts';
export { serviceRegistryErrors } from './errors.ts';
