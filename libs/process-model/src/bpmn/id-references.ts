import { childElements, directText, selfAndDescendants } from '../xml/xml-tree.ts';
import { isBpmn, isDiagram, isExtension } from './engine-view.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

/** One place that names an element by its id. */
export interface IdReference {
  /** The element that the reference belongs to: of `<incoming>` the step around it. */
  readonly owner: XmlElement;
  /** Name of the attribute or of the element that holds it. */
  readonly name: string;
  readonly value: string;
  readonly rename: (id: string) => void;
}

const namingAttributes: ReadonlySet<string> = new Set([
  'default',
  'bpmnElement',
  'sourceElement',
  'targetElement',
  'choreographyActivityShape',
  'labelStyle',
  'associatedElements',
]);
const namingElements: ReadonlySet<string> = new Set([
  'incoming',
  'outgoing',
  'source',
  'target',
  'innerParticipantRef',
  'outerParticipantRef',
]);

/** Every place of the model, its diagram and the engine's extensions that names an element by its id. */
export function* idReferences(document: XmlDocument): Generator<IdReference> {
  for (const element of selfAndDescendants(document.root)) {
    const known = isBpmn(element) || isDiagram(element);
    for (const attribute of element.attributes.filter(({ name }) =>
      known ? isNaming(name) : name === 'errorRef' && isExtension(element),
    )) {
      yield {
        owner: element,
        name: attribute.name,
        value: attribute.value.trim(),
        rename: (id) => {
          attribute.value = id;
        },
      };
    }
    if (!known || childElements(element).length > 0 || element.parent === undefined) continue;
    const text = directText(element).trim();
    if (text === '' || !(/Refs?$/.test(element.localName) || namingElements.has(element.localName))) continue;
    yield { owner: element.parent, name: element.localName, value: text, rename: (id) => renameText(element, id) };
  }
}

function isNaming(attribute: string): boolean {
  return namingAttributes.has(attribute) || /^[a-zA-Z]+Refs?$/.test(attribute);
}

/** The text as one piece; white space around it stays. */
function renameText(element: XmlElement, id: string): void {
  const texts = element.children.filter((child) => child.kind === 'text' || child.kind === 'cdata');
  const [first, ...others] = texts.filter((child) => child.kind !== 'element' && child.value.trim() !== '');
  if (first === undefined || first.kind === 'element') return;
  first.value = first.value.replace(first.value.trim(), () => id);
  for (const other of others) if (other.kind !== 'element') other.value = '';
}
