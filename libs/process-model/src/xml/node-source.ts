/** What stood in the file, so that what nobody changes is written as it came: quotes, line ends, entities, white space. */
export interface TextSource {
  readonly raw: string;
  /** The value it was read as; another one now means that it was changed. */
  readonly value: string;
}

export interface ElementSource {
  readonly openTag: string;
  /** Empty when the element closes itself. */
  readonly closeTag: string;
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
}

export interface DocumentSource {
  /** Everything before the root element, byte order mark included, and everything behind it. */
  readonly before: string;
  readonly after: string;
  /** The line end of the file: that of its first line. */
  readonly newline: '\n' | '\r\n' | '\r';
}
