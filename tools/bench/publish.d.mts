export interface BenchDocument {
  readonly bench: string;
  readonly machine: { readonly cpus: number; readonly model: string };
  readonly runs: readonly { readonly metric: string; readonly peer?: string }[];
  readonly results: readonly {
    readonly metric: string;
    readonly peer: string;
    readonly ratio: number;
    readonly ci95: readonly number[];
  }[];
}

export function publish(document: BenchDocument): void;
export function withResults(page: string, document: BenchDocument): string;
