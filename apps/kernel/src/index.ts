export { createApp } from './app.ts';
export type { Kernel, KernelDeps } from './app.ts';
export { bootPhases } from './bootstrap.ts';
export type { BootPhase, OnPhase, PhaseResult } from './bootstrap.ts';
export { kernelFields } from './config.ts';
export { kernelErrors } from './errors.ts';
