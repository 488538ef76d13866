export { declaration } from './declaration.ts';
export { createApp } from './app.ts';
export type { Kernel } from './app.ts';
export { bootPhases } from './kernel-parts.ts';
export type { BootPhase, KernelDeps, OnPhase, PhaseResult } from './kernel-parts.ts';
export { kernelFields } from './config.ts';
export { kernelErrors } from './errors.ts';
