/**
 * Moves white space around the equals sign of an attribute behind its value: XML allows it there, the parser does not. The
 * text keeps its length and its elements their places.
 */
export function closeAttributeSpacing(xml: string): string {
  if (!/[\w:.-](?:\s+=\s*|=\s+)["']/.test(xml)) return xml;
  // Comments and the like are passed over whole, and so are values: what looks like an attribute there is none.
  return xml.replaceAll(
    /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<[\w:.-]+\s(?:[^<>"']|"[^"<]*"|'[^'<]*')*>/g,
    (markup) => (markup.startsWith('<!') ? markup : closeIn(markup)),
  );
}

function closeIn(tag: string): string {
  return tag.replaceAll(
    /(["'])[^<]*?\1|([\w:.-]+)(\s*)=(\s*)("[^"<]*"|'[^'<]*')/g,
    (all: string, _quote, name: string | undefined, before = '', after = '', value = '') =>
      name === undefined ? all : `${name}=${String(value)}${String(before)}${String(after)}`,
  );
}
