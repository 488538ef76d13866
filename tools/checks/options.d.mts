import type { Step } from './steps.mjs';

export class UsageError extends Error {}

/** @throws UsageError */
export function readOptions(words: readonly string[], steps: readonly Step[]): { help: boolean; only: string[] };

export function usage(steps: readonly Step[]): string;
