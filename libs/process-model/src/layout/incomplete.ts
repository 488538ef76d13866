import type { Canvas } from './canvas.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

/** What a drawing lacks, and the planes it has. */
export interface Incomplete {
  readonly document: XmlDocument;
  readonly index: ReadonlyMap<string, XmlElement>;
  readonly canvases: readonly Canvas[];
  readonly missing: ReadonlySet<XmlElement>;
}
