import { processModelErrors } from '../errors.ts';

const utf8Names: ReadonlySet<string> = new Set(['utf-8', 'utf8']);
/** Encodings in which the letters of ASCII are those of ASCII: a text of such letters alone reads the same in each. */
const asciiCompatible = /^(?:utf-?8|us-ascii|iso-8859-(?:[1-9]|1[0-6])|windows-125[0-8])$/i;

const declarationPattern = /^(\uFEFF?<\?xml\s[^>]*?\sencoding\s*=\s*)(["'])([^"']*)\2/;

/** The encoding that the XML declaration of a text names; undefined when it names none. */
export function encodingDeclaredIn(xml: string): string | undefined {
  return declarationPattern.exec(xml)?.[3];
}

/** The same text with this encoding declared; on the same lines. */
export function withDeclaredEncoding(xml: string, encoding: string): string {
  if (declarationPattern.test(xml))
    return xml.replace(declarationPattern, (_all, start: string, mark: string) => `${start}${mark}${encoding}${mark}`);
  const versionPattern = /^(\uFEFF?<\?xml\s+version\s*=\s*(?:"[^"]*"|'[^']*'))/;
  if (versionPattern.test(xml))
    return xml.replace(versionPattern, (start: string) => `${start} encoding="${encoding}"`);
  const [mark, text] = xml.startsWith('\uFEFF') ? ['\uFEFF', xml.slice(1)] : ['', xml];
  return `${mark}<?xml version="1.0" encoding="${encoding}"?>${text}`;
}

export interface ForeignEncoding {
  readonly encoding: string;
  /** The first character that UTF-8 writes otherwise, with its line; nothing when the encoding itself is unfit. */
  readonly first?: { readonly character: string; readonly line: number };
}

/** The encoding that a text declares, when a parser of its UTF-8 bytes would read another text or refuse it. */
export function foreignEncoding(xml: string): ForeignEncoding | undefined {
  const encoding = encodingDeclaredIn(xml);
  if (encoding === undefined || utf8Names.has(encoding.toLowerCase())) return undefined;
  const position = xml.search(/[^\p{ASCII}\uFEFF]/u);
  if (position === -1) return asciiCompatible.test(encoding) ? undefined : { encoding };
  const line = xml.slice(0, position).split(/\r\n?|\n/).length;
  return { encoding, first: { character: String.fromCodePoint(xml.codePointAt(position) ?? 0), line } };
}

/** `XMLDecl` of XML 1.0, up to its `>`. */
const wellFormed =
  /^<\?xml\s+version\s*=\s*(["'])1\.0\1(?:\s+encoding\s*=\s*(["'])[A-Za-z][\w.-]*\2)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\3)?\s*\?$/;

/**
 * Refuses XML declarations with which the engine would read another text out of the same bytes than the one that was
 * checked here: another version than 1.0, another encoding than UTF-8 unless all of the text is ASCII; and declarations
 * that no parser takes.
 */
export function refuseForeignDeclaration(xml: string): void {
  const declaration = /^<\?xml\s[^>]*/.exec(xml)?.[0];
  const version = /^\uFEFF?<\?xml\s+version\s*=\s*["']([^"']{0,40})/.exec(xml)?.[1];
  if (version !== undefined && version !== '1.0')
    throw processModelErrors.PROCOS_MODEL_ENCODING({ found: `version ${version}` });
  const foreign = foreignEncoding(xml);
  if (foreign === undefined) {
    if (declaration !== undefined && !wellFormed.test(declaration))
      throw processModelErrors.PROCOS_MODEL_MALFORMED({ reason: 'malformed XML declaration', line: 1, column: 1 });
    return;
  }
  const { encoding, first } = foreign;
  const found = `encoding ${encoding.slice(0, 40)}`;
  if (first === undefined) throw processModelErrors.PROCOS_MODEL_ENCODING({ found, encoding });
  throw processModelErrors.PROCOS_MODEL_ENCODING({
    found: `${found}, with "${first.character}" in line ${first.line}`,
    encoding,
    line: first.line,
  });
}
