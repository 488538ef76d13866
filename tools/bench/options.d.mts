export interface BenchOptions {
  readonly name: string | undefined;
  readonly json: boolean;
  readonly publish: boolean;
  readonly help: boolean;
  readonly runs: number | undefined;
  readonly only: readonly string[];
}

export class UsageError extends Error {}
export function readOptions(words: readonly string[]): BenchOptions;
export function nearestNames(name: string, known: readonly string[]): string[];
