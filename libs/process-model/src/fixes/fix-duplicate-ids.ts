import { isBpmn, isDiagram } from '../bpmn/engine-view.ts';
import { elementsById } from '../rules/unique-ids.ts';
import { attributeValue, childElements, selfAndDescendants } from '../xml/xml-tree.ts';
import { removeElement, setAttribute } from '../xml/edit-xml.ts';
import { takeId } from './free-id.ts';
import { canonicalXml } from '../xml/write-xml.ts';
import type { AppliedFix } from './fix.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

/**
 * Makes ids unique: the first element keeps the id, exact copies of it go, every other one gets a new id.
 * References follow where they can mean only one element: the default flow of a gateway, and shapes in equal number.
 */
export function fixDuplicateIds(document: XmlDocument): AppliedFix[] {
  const byId = elementsById(document);
  const taken = new Set(byId.keys());
  return Array.from(byId).flatMap(([id, elements]) =>
    elements.length < 2 ? [] : separate(document, id, elements, taken),
  );
}

function separate(
  document: XmlDocument,
  id: string,
  elements: readonly XmlElement[],
  taken: Set<string>,
): AppliedFix[] {
  const kept: XmlElement[] = [];
  const applied: AppliedFix[] = [];
  for (const element of elements) {
    if (isBpmn(element) && kept.some((other) => isCopy(element, other))) {
      removeElement(element);
      applied.push({
        rule: 'unique-ids',
        elementId: id,
        description: `removed <${element.name}>, an exact copy of the one before`,
      });
    } else kept.push(element);
  }
  const shapes = diagramElementsOf(document, id);
  kept.forEach((element, index) => {
    if (index === 0) return;
    const newId = takeId(id, taken, 2);
    setAttribute(element, 'id', newId);
    if (isBpmn(element))
      renameReferences(element, id, newId, shapes.length === kept.length ? shapes[index] : undefined);
    applied.push({
      rule: 'unique-ids',
      elementId: newId,
      description: `renamed the <${element.name}> that was also called ${id}`,
    });
  });
  return applied;
}

/** Same place, same attributes, same content: it says nothing that the first one does not say. */
function isCopy(element: XmlElement, other: XmlElement): boolean {
  return element.parent === other.parent && canonicalXml(element) === canonicalXml(other);
}

function diagramElementsOf(document: XmlDocument, id: string): XmlElement[] {
  return Array.from(selfAndDescendants(document.root)).filter(
    (element) => isDiagram(element) && attributeValue(element, 'bpmnElement') === id,
  );
}

function renameReferences(element: XmlElement, id: string, newId: string, shape: XmlElement | undefined): void {
  if (shape !== undefined) setAttribute(shape, 'bpmnElement', newId);
  const sourceId = attributeValue(element, 'sourceRef');
  const siblings = element.parent === undefined || sourceId === undefined ? [] : childElements(element.parent);
  const source = siblings.find((sibling) => attributeValue(sibling, 'id') === sourceId);
  const stillOwned = siblings.some(
    (sibling) => attributeValue(sibling, 'id') === id && attributeValue(sibling, 'sourceRef') === sourceId,
  );
  if (source !== undefined && !stillOwned && attributeValue(source, 'default') === id)
    setAttribute(source, 'default', newId);
}
