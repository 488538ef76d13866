import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { StepConfig } from '../transformation.ts';
import { MalformedError, StepError } from './fault.ts';
import { decodeReferences } from './xml-entities.ts';
import { plainValue } from './plain-values.ts';

/** Levels of nesting. */
export const deepestXml = 64;
export const attributePrefix = '@';
export const textName = '#text';

const notWellFormed = 'it is not well-formed';

/** In front of the names of elements while the parser has them: it refuses some that are ordinary in a document. No name holds it. */
const mark = '\u0001';

/** Document types are refused before, so that nothing is ever added to the references. */
const nothing = (): void => undefined;
const entityDecoder = {
  decode: decodeReferences,
  setExternalEntities: nothing,
  addInputEntities: nothing,
  reset: nothing,
  setXmlVersion: nothing,
};

/**
 * An XML text as members: elements by name, attributes by `@name`, text beside them as `#text`. Document types, and with
 * them entities of their own, are refused. Names of any kind come through.
 */
export function readXml(
  text: string,
  { parse_values: parseValues = false, lists = [] }: StepConfig<'convert'>,
): unknown {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new MalformedError('XML', 'a document type is not allowed');
  const judged = XMLValidator.validate(text);
  if (judged !== true) throw new MalformedError(`line ${judged.err.line}, character ${judged.err.col}`, notWellFormed);
  // The parser says in words alone that a text is nested too deeply: what it had reached says it too.
  let deepest = 0;
  const value = (given: string) => (parseValues ? plainValue(given) : given);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: attributePrefix,
    textNodeName: textName,
    ignoreDeclaration: true,
    ignorePiTags: true,
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: true,
    entityDecoder,
    maxNestedTags: deepestXml,
    jPath: false,
    updateTag: (_, path) => {
      if (typeof path !== 'string') deepest = Math.max(deepest, path.getDepth());
      return true;
    },
    transformTagName: (name) => (name.startsWith(mark) ? name : `${mark}${name}`),
    isArray: (name) => lists.includes(name.slice(mark.length)),
    tagValueProcessor: (_, given) => value(given),
    attributeValueProcessor: (_, given) => value(given),
  });
  try {
    return withoutMarks(parser.parse(text));
  } catch (thrown) {
    if (thrown instanceof StepError) throw thrown;
    throw deepest > deepestXml
      ? new MalformedError('XML', `it is nested more than ${deepestXml} levels deep`)
      : new MalformedError('XML', notWellFormed);
  }
}

function withoutMarks(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutMarks);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.startsWith(mark) ? name.slice(mark.length) : name,
      withoutMarks(member),
    ]),
  );
}
