import { processModelErrors } from '../errors.ts';

/**
 * Refuses what is no XML 1.0 character (https://www.w3.org/TR/xml/#charsets), and U+FFFD, which a decoder writes
 * where the bytes were not UTF-8.
 *
 * @param lineOf tells where the text begins, 1-based; undefined when the text is the file itself. Asked only for a refusal: a parser reads the file from its beginning for each answer
 */
export function refuseForbiddenCharacters(text: string, lineOf?: () => number): void {
  const position = text.search(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFC\u{10000}-\u{10FFFF}]/u);
  if (position === -1) return;
  const line = lineOf?.() ?? lineAt(text, position);
  const codePoint = text.codePointAt(position) ?? 0;
  if (codePoint === 0xfffd)
    throw processModelErrors.PROCOS_MODEL_ENCODING({ found: `bytes that are not UTF-8 in line ${line}`, line });
  throw processModelErrors.PROCOS_MODEL_CONTROL_CHARACTER({
    character: `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`,
    line,
  });
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}
