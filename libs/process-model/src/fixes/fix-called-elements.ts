import { extensionElements } from '../bpmn/engine-view.ts';
import { bpmnElements } from '../bpmn/references.ts';
import { attributeValue, childElements, directText } from '../xml/xml-tree.ts';
import { removeElement, setAttribute } from '../xml/edit-xml.ts';
import type { AppliedFix } from './fix.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

/** Turns `<camunda:calledElement>key</camunda:calledElement>` into the attribute the engine reads. */
export function fixCalledElements(document: XmlDocument): AppliedFix[] {
  return Array.from(bpmnElements(document, new Set(['callActivity']))).flatMap((activity) => {
    const wrong = extensionElements(activity, 'calledElement');
    const called =
      attributeValue(activity, 'calledElement') ??
      wrong.map((element) => directText(element).trim()).find((text) => text !== '');
    if (wrong.length === 0 || called === undefined) return [];
    setAttribute(activity, 'calledElement', called);
    for (const element of wrong) removeFromContainer(element);
    const elementId = attributeValue(activity, 'id') ?? '';
    return [
      {
        rule: 'called-element-attribute',
        elementId,
        description: `wrote calledElement="${called}" on the call activity`,
      },
    ];
  });
}

function removeFromContainer(element: XmlElement): void {
  const container = element.parent;
  removeElement(element);
  if (container !== undefined && childElements(container).length === 0) removeElement(container);
}
