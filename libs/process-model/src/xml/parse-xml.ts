import { Parser } from 'saxen';
import type { GetContext } from 'saxen';
import { processModelErrors } from '../errors.ts';
import { closeAttributeSpacing } from './attribute-spacing.ts';
import { refuseForbiddenCharacters } from './characters.ts';
import { attachSources } from './source-text.ts';
import { TreeBuilder } from './tree-builder.ts';
import { defaultIntakeLimits } from './limits.ts';
import { refuseForeignDeclaration } from './xml-declaration.ts';
import type { IntakeLimits } from './limits.ts';
import type { XmlDocument } from './xml-tree.ts';

/**
 * Reads XML into a tree and refuses, while reading, what no model needs: markup declarations, XInclude, foreign
 * encodings, more bytes, depth or elements than the limits, and everything that is not well-formed.
 *
 * @throws an error of the catalogue of this library: PROCOS_MODEL_TOO_LARGE, …_TOO_DEEP, …_TOO_MANY_ELEMENTS,
 * …_DOCTYPE, …_XINCLUDE, …_ENCODING, …_CONTROL_CHARACTER, …_MALFORMED
 */
export function parseXml(xml: string, limits: IntakeLimits = defaultIntakeLimits): XmlDocument {
  const bytes = Buffer.byteLength(xml, 'utf8');
  if (bytes > limits.bytes) throw processModelErrors.PROCOS_MODEL_TOO_LARGE({ bytes, limit: limits.bytes });
  const text = closeAttributeSpacing((xml.startsWith('\uFEFF') ? xml.slice(1) : xml).replaceAll(/\r\n?/g, '\n'));
  refuseForbiddenCharacters(text);
  refuseForeignDeclaration(text);
  const builder = new TreeBuilder(text, limits);
  connect(new Parser(), builder).parse(text);
  const document = builder.finish();
  attachSources(document, xml);
  return document;
}

function connect(parser: Parser, builder: TreeBuilder): Parser {
  const malformed = (error: Error, context: GetContext): never => {
    const { line, column } = context();
    throw processModelErrors.PROCOS_MODEL_MALFORMED({ reason: error.message, line: line + 1, column: column + 1 });
  };
  return parser
    .on('error', malformed)
    .on('warn', malformed)
    .on('attention', (_value, _decode, context) => {
      throw processModelErrors.PROCOS_MODEL_DOCTYPE({ line: context().line + 1 });
    })
    .on('openTag', (name, getAttributes, _decode, _selfClosing, context) =>
      builder.open(name, getAttributes() || {}, context),
    )
    .on('closeTag', () => builder.close())
    .on('text', (value, _decode, context) => builder.text('text', value, context))
    .on('cdata', (value, context) => builder.text('cdata', value, context))
    .on('comment', (value, _decode, context) => builder.text('comment', value, context))
    .on('question', (value, context) => builder.text('instruction', value.slice(2, -2), context));
}
