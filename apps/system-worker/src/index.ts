export { createApp } from './app.ts';
export { systemWorkerFields } from './config.ts';
export { noComponentControl } from './components/component-control.ts';
export type { ComponentControl } from './components/component-control.ts';
export type { SystemWorkerDeps } from './deps.ts';
