import { namelessElements } from '../bpmn/diagram.ts';
import { isBpmn, isDiagram } from '../bpmn/engine-view.ts';
import { bpmnElements } from '../bpmn/references.ts';
import { attributeValue, selfAndDescendants } from '../xml/xml-tree.ts';
import { removeAttribute, setAttribute } from '../xml/edit-xml.ts';
import { kindOf, takeId } from './free-id.ts';
import type { AppliedFix } from './fix.ts';
import type { XmlDocument } from '../xml/xml-tree.ts';

/** Gives an id to each element of the drawing that has none: without one it cannot be drawn. Other empty ids go. */
export function fixMissingIds(document: XmlDocument): AppliedFix[] {
  const elements = Array.from(selfAndDescendants(document.root));
  const taken = new Set(elements.map((element) => attributeValue(element, 'id') ?? ''));
  // The engine refuses signals, errors and escalations without an id, whether or not something refers to them.
  const referable = Array.from(bpmnElements(document, new Set(['signal', 'error', 'escalation']))).filter(
    (element) => (attributeValue(element, 'id') ?? '') === '',
  );
  const given = [...namelessElements(document), ...referable].map((element) => {
    const id = takeId(kindOf(element), taken, 1);
    setAttribute(element, 'id', id);
    return { rule: 'unique-ids', elementId: id, description: `gave the <${element.name}> an id` };
  });
  const empty = elements.filter(
    (element) => (isBpmn(element) || isDiagram(element)) && attributeValue(element, 'id') === '',
  );
  return [
    ...given,
    ...empty.map((element) => {
      removeAttribute(element, 'id');
      return { rule: 'unique-ids', elementId: '', description: `removed the empty id of the <${element.name}>` };
    }),
  ];
}
