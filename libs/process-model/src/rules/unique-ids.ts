import { isBpmn, isDiagram } from '../bpmn/engine-view.ts';
import { validId } from '../bpmn/valid-id.ts';
import { namelessElements } from '../bpmn/diagram.ts';
import { bpmnElements } from '../bpmn/references.ts';
import { attributeValue, selfAndDescendants } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

/** The engine refuses these without an id, whether or not something refers to them. */
const referredById: ReadonlySet<string> = new Set(['signal', 'error', 'escalation']);

export const uniqueIds: DocumentRule = {
  id: 'unique-ids',
  severity: 'error',
  what: 'Every id of the model and its diagram occurs once and is a valid XML id.',
  why: 'The schema declares them xsd:ID: a validating parser refuses the file, others silently drop the later element.',
  remedy: 'Give each element an id of its own; start it with a letter and use letters, digits, "_", "-" and ".".',
  fixable: true,
  *check(document): Iterable<Report> {
    for (const [id, elements] of elementsById(document)) {
      const [first, ...later] = elements;
      if (first !== undefined && !validId.test(id.trim())) {
        yield { element: first, message: `The id ${JSON.stringify(id.slice(0, 60))} is not a valid XML id` };
      }
      for (const element of later) {
        yield { element, message: `The id ${id} is used ${elements.length} times; each must be unique` };
      }
    }
    for (const element of bpmnElements(document, referredById)) {
      if (attributeValue(element, 'id') === undefined)
        yield { element, message: `<${element.name}> has no id, and events refer to it by that` };
    }
    for (const element of namelessElements(document)) {
      yield {
        element,
        severity: 'warning',
        message: `<${element.name}> has no id: it cannot be drawn or found in the history`,
      };
    }
  },
};

/** Elements by id, in document order; ids of extensions are not `xsd:ID` and are left out. */
export function elementsById(document: XmlDocument): Map<string, XmlElement[]> {
  const byId = new Map<string, XmlElement[]>();
  for (const element of selfAndDescendants(document.root)) {
    const id = attributeValue(element, 'id');
    if (id === undefined || !(isBpmn(element) || isDiagram(element))) continue;
    const known = byId.get(id);
    if (known === undefined) byId.set(id, [element]);
    else known.push(element);
  }
  return byId;
}
