import { bpmnElements } from '../bpmn/references.ts';
import { eventNames, flowNodeNames, gatewayNames } from '../bpmn/vocabulary.ts';
import { attributeValue, selfAndDescendants } from '../xml/xml-tree.ts';
import { setAttribute } from '../xml/edit-xml.ts';
import type { AppliedFix } from './fix.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

/** Gives an id to each flow node and sequence flow that has none: without one it cannot be drawn. */
export function fixMissingIds(document: XmlDocument): AppliedFix[] {
  const taken = new Set(Array.from(selfAndDescendants(document.root), (element) => attributeValue(element, 'id')));
  const nameless = Array.from(bpmnElements(document, new Set([...flowNodeNames, 'sequenceFlow']))).filter((element) => attributeValue(element, 'id') === undefined);
  return nameless.map((element) => {
    let number = 1;
    while (taken.has(`${kindOf(element)}_${number}`)) number += 1;
    const id = `${kindOf(element)}_${number}`;
    taken.add(id);
    setAttribute(element, 'id', id);
    return { rule: 'unique-ids', elementId: id, description: `gave the <${element.name}> an id` };
  });
}

function kindOf({ localName }: XmlElement): string {
  if (localName === 'sequenceFlow') return 'Flow';
  if (gatewayNames.has(localName)) return 'Gateway';
  return eventNames.has(localName) ? 'Event' : 'Activity';
}
