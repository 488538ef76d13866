import type { XmlAttribute, XmlDocument, XmlElement } from './xml-tree.ts';
import type { DocumentSource } from './node-source.ts';

/** Tells each node of a tree what it was read from; the text is well-formed, since the tree was read from it. */
export function attachSources(document: XmlDocument, text: string): void {
  const tokens = new Tokens(text);
  const start = tokens.skipToRoot();
  attach(document.root, tokens);
  document.source = {
    before: text.slice(0, start),
    after: text.slice(tokens.position),
    newline: newlineOf(text),
  };
}

function newlineOf(text: string): DocumentSource['newline'] {
  const [first] = /\r\n?|\n/.exec(text) ?? [];
  return first === '\r\n' || first === '\r' ? first : '\n';
}

function attach(element: XmlElement, tokens: Tokens): void {
  const openTag = tokens.next();
  const attributes = element.attributes.map(({ name, value }: XmlAttribute) => ({ name, value }));
  for (const child of element.children) {
    if (child.kind === 'element') attach(child, tokens);
    else child.source = { raw: tokens.next(), value: child.value };
  }
  element.source = { openTag, closeTag: openTag.endsWith('/>') ? '' : tokens.next(), attributes };
}

const delimiters = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

/** Tags, texts, comments and instructions, one after the other, as the parser splits them. */
class Tokens {
  readonly #text: string;
  #position: number;

  constructor(text: string) {
    this.#text = text;
    this.#position = text.startsWith('\uFEFF') ? 1 : 0;
  }

  get position(): number {
    return this.#position;
  }

  /** Passes comments, instructions and white space. @returns where the root element begins */
  skipToRoot(): number {
    for (;;) {
      while (/\s/.test(this.#text.charAt(this.#position))) this.#position += 1;
      if (!['<!--', '<?'].some((opening) => this.#text.startsWith(opening, this.#position))) return this.#position;
      this.next();
    }
  }

  next(): string {
    const start = this.#position;
    this.#position = this.#endOf(start);
    return this.#text.slice(start, this.#position);
  }

  #endOf(start: number): number {
    if (this.#text.charAt(start) !== '<') return this.#orEnd(this.#text.indexOf('<', start));
    for (const [open, close] of delimiters) {
      if (this.#text.startsWith(open, start)) return this.#orEnd(this.#text.indexOf(close, start + 2), close.length);
    }
    return this.#endOfTag(start);
  }

  #endOfTag(start: number): number {
    const part = /[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>/y;
    part.lastIndex = start;
    return part.test(this.#text) ? part.lastIndex : this.#text.length;
  }

  #orEnd(found: number, length = 0): number {
    return found === -1 ? this.#text.length : found + length;
  }
}
