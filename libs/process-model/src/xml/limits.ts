/** Bounds of the safe intake. The defaults are those of the security list of this repository. */
export interface IntakeLimits {
  /** Size of the UTF-8 text, bytes. @default 2 MB */
  readonly bytes: number;
  /** Nesting of XML elements. @default 200 */
  readonly depth: number;
  /** Number of XML elements, diagram included. @default 5000 */
  readonly elements: number;
}

export const defaultIntakeLimits: IntakeLimits = { bytes: 2 * 1024 * 1024, depth: 200, elements: 5_000 };
