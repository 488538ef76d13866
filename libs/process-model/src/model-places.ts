import { indexById } from './bpmn/references.ts';
import { typeName } from './bpmn/engine-view.ts';
import { isProcessModelError } from './errors.ts';
import { parseXml } from './xml/parse-xml.ts';
import { attributeValue, selfAndDescendants, type XmlElement, type XmlPosition } from './xml/xml-tree.ts';

/** Where an element of a text begins, and what it is. */
export interface ModelPlace extends Partial<XmlPosition> {
  /** Type of the BPMN meta-model, for example `bpmn:ServiceTask`. */
  readonly elementType: string;
}

/** Finds elements in the text of a model. */
export interface ModelPlaces {
  /** The element whose start tag ends at a place, as XML parsers tell it. */
  endingAt(line: number, column: number): ModelPlace | undefined;
  /** The element with an id; of several the first. */
  ofElement(id: string): ModelPlace | undefined;
}

const nowhere: ModelPlaces = { endingAt: () => undefined, ofElement: () => undefined };

/** The places of a text; of one that cannot be read there are none. */
export function modelPlaces(xml: string): ModelPlaces {
  try {
    const document = parseXml(xml);
    const elements = [...selfAndDescendants(document.root)];
    const byId = indexById(document);
    return {
      // Start tags do not overlap: it is the last one that begins before.
      endingAt: (line, column) =>
        place(elements.findLast(({ position }) => position !== undefined && isBefore(position, { line, column }))),
      ofElement: (id) => place(byId.get(id) ?? elements.find((element) => attributeValue(element, 'id') === id)),
    };
  } catch (error) {
    if (!isProcessModelError(error)) throw error;
    return nowhere;
  }
}

function isBefore(one: XmlPosition, other: XmlPosition): boolean {
  return one.line < other.line || (one.line === other.line && one.column < other.column);
}

function place(element: XmlElement | undefined): ModelPlace | undefined {
  return element === undefined ? undefined : { elementType: typeName(element), ...element.position };
}
