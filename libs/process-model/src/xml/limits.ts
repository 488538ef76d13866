/** Bounds of the safe intake: wide enough for every published model that was tried, narrow enough that none exhausts a server. */
export interface IntakeLimits {
  /** Size of the UTF-8 text with its drawing, bytes. @default 8 MB */
  readonly bytes: number;
  /** Nesting of XML elements. @default 200 */
  readonly depth: number;
  /** Number of XML elements of the model itself. @default 10000 */
  readonly elements: number;
  /** Number of XML elements with those of the drawing, of which a model has about four for each that is drawn. @default 100000 */
  readonly allElements: number;
}

export const defaultIntakeLimits: IntakeLimits = {
  bytes: 8 * 1024 * 1024,
  depth: 200,
  elements: 10_000,
  allElements: 100_000,
};
