import type { XmlPosition } from './xml-tree.ts';

/**
 * Finds where the markup stands that a parser reports in order. The parser's own answer reads the text from its beginning
 * each time: seconds for a model of some thousand elements.
 */
export class MarkupCursor {
  readonly #text: string;
  /** Behind all that was passed; between it and the next markup stand attributes, end tags and text, which hold no `<name`. */
  #offset = 0;
  #line = 1;
  #lineStart = 0;
  /** Kept, so that a long line is not read again for each element in it. */
  #nextFeed: number;

  /** @param text with line feeds alone at line ends */
  constructor(text: string) {
    this.#text = text;
    this.#nextFeed = this.#feedFrom(0);
  }

  /** Passes the next start tag of this name, which begins at the position returned; its attributes are not passed. */
  passStartTag(name: string): XmlPosition {
    const start = this.#find(`<${name}`);
    this.#countLines(start);
    const position = { line: this.#line, column: start - this.#lineStart + 1 };
    this.#offset = start + name.length + 1;
    return position;
  }

  /** Passes a comment, a CDATA section or a processing instruction, which may look like markup inside. */
  pass(opening: string, length: number): void {
    this.#offset = this.#find(opening) + length;
  }

  #find(markup: string): number {
    const found = this.#text.indexOf(markup, this.#offset);
    return found < 0 ? this.#offset : found;
  }

  #countLines(end: number): void {
    while (this.#nextFeed < end) {
      this.#line += 1;
      this.#lineStart = this.#nextFeed + 1;
      this.#nextFeed = this.#feedFrom(this.#lineStart);
    }
  }

  #feedFrom(start: number): number {
    const feed = this.#text.indexOf('\n', start);
    return feed < 0 ? Number.POSITIVE_INFINITY : feed;
  }
}
