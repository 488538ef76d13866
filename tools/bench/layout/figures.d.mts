/** A step with what is in it; only what the figures look at. */
export interface Step {
  readonly id: string;
  readonly kind: string;
  readonly host: string | undefined;
  readonly parent: Step | undefined;
  readonly steps: Step[];
  readonly flows: { readonly id: string; readonly from: string; readonly to: string }[];
}

export interface Drawing {
  readonly shapes: ReadonlyMap<
    string,
    { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  >;
  readonly edges: ReadonlyMap<string, readonly { readonly x: number; readonly y: number }[]>;
}

export type Figure = 'crossings' | 'through-shapes' | 'shared-lines' | 'shape-overlaps' | 'length' | 'area' | 'undrawn';

export function figuresOf(process: Step, drawing: Drawing): Record<Figure, number>;
