import { orphanedDiagramElements } from '../bpmn/diagram.ts';
import { isDiagram } from '../bpmn/engine-view.ts';
import { validReference } from '../bpmn/valid-id.ts';
import { attributeValue, selfAndDescendants } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlDocument } from '../xml/xml-tree.ts';

const drawing: ReadonlySet<string> = new Set(['BPMNPlane', 'BPMNShape', 'BPMNEdge']);

export const diagramReferences: DocumentRule = {
  id: 'diagram-references',
  severity: 'error',
  what: 'Every shape and edge of the diagram draws an element of the model.',
  why: 'The engine reads the diagram too, and refuses a shape of what does not exist.',
  remedy: 'Remove the shape or edge from the diagram.',
  fixable: true,
  *check(document): Iterable<Report> {
    for (const element of selfAndDescendants(document.root)) {
      if (
        drawing.has(element.localName) &&
        isDiagram(element) &&
        (attributeValue(element, 'bpmnElement') ?? '') === ''
      ) {
        yield { element, message: `<${element.name}> does not say what it draws` };
      }
    }
    yield* checkPlaces(document);
    // The engine is content with any id of the file, also with one of the diagram, and passes over a whole plane.
    const ids = new Set(Array.from(selfAndDescendants(document.root), (element) => attributeValue(element, 'id')));
    for (const orphan of orphanedDiagramElements(document)) {
      const reference = attributeValue(orphan, 'bpmnElement') ?? '';
      if (reference === '' || orphan.localName === 'BPMNPlane' || ids.has(reference)) continue;
      yield { element: orphan, message: `<${orphan.name}> draws "${reference.slice(0, 60)}", which does not exist` };
    }
  },
};

const numbers: ReadonlyMap<string, readonly string[]> = new Map([
  ['Bounds', ['x', 'y', 'width', 'height']],
  ['waypoint', ['x', 'y']],
]);

/** Every place is made of numbers, also where nothing else is wrong. */
function* checkPlaces({ root }: XmlDocument): Iterable<Report> {
  for (const element of selfAndDescendants(root)) {
    const needed = isDiagram(element) ? (numbers.get(element.localName) ?? []) : [];
    const wrong = needed.find(
      (name) => !/^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(attributeValue(element, name) ?? ''),
    );
    if (wrong !== undefined)
      yield {
        element,
        fixable: false,
        message: `<${element.name}> has no number as ${wrong}`,
        remedy: 'Write the coordinate, or draw the element anew in a modeler.',
      };
    const reference = attributeValue(element, 'bpmnElement');
    if (reference !== undefined && reference !== '' && isDiagram(element) && !validReference.test(reference.trim())) {
      yield {
        element,
        fixable: false,
        message: `<${element.name}> draws "${reference.slice(0, 60)}", which is no name`,
      };
    }
  }
}
