import type { XmlDocument } from '../xml/xml-tree.ts';

/** One change that was made to a model. */
export interface AppliedFix {
  /** The rule whose finding it repairs. */
  readonly rule: string;
  readonly elementId: string;
  /** What the element was called before, when it was renamed. */
  readonly was?: string;
  readonly description: string;
}

/** Repairs all findings of one kind in place and says what it did; a second run changes nothing. */
export type Fix = (document: XmlDocument) => AppliedFix[];
