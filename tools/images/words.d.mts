/** Thrown for what a person can mend. */
export class ImageError extends Error {
  readonly remedy: string;
  readonly exitCode: number;
}

export interface ImageOptions {
  readonly usage: string;
  readonly help: boolean;
  readonly names: readonly string[];
  readonly tag: string | undefined;
  readonly tool: string | undefined;
  readonly npmrc: string | undefined;
  readonly maven: string | undefined;
}

export function readWords(words: readonly string[], known: readonly string[]): ImageOptions;
