import { drawnIds, edgeEnds, edgeNames, elementsToDraw, orphanedDiagramElements } from '../bpmn/diagram.ts';
import { indexById } from '../bpmn/references.ts';
import { attributeValue } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';

export const hasDiagram: DocumentRule = {
  id: 'has-diagram',
  severity: 'warning',
  what: 'Every step, flow, pool, lane, note, group and data object is drawn in the diagram, and nothing else.',
  why: 'Tokens are shown on the diagram; what is not drawn runs unseen.',
  remedy: 'Draw the model in a BPMN modeler, or let it be laid out.',
  fixable: true,
  *check(document): Iterable<Report> {
    const toDraw = elementsToDraw(document);
    const drawn = drawnIds(document);
    const index = indexById(document);
    const missing = toDraw.filter((element) => !drawn.has(attributeValue(element, 'id') ?? ''));
    const lines = new Set(
      missing.filter((element) => edgeNames.has(element.localName) && edgeEnds(element, index) === undefined),
    );
    if (missing.length > lines.size && missing.length === toDraw.length) {
      yield {
        element: document.root,
        message: `The model has no diagram: none of its ${toDraw.length} elements is drawn`,
      };
    } else {
      for (const element of missing)
        if (!lines.has(element)) yield { element, message: 'The element is not drawn in the diagram' };
    }
    for (const element of lines)
      yield { element, fixable: false, message: 'The line cannot be drawn: one of its ends does not exist' };
    // The engine refuses shapes and edges of nothing, a rule of their own, and passes over a whole plane.
    for (const plane of orphanedDiagramElements(document).filter(({ localName }) => localName === 'BPMNPlane')) {
      const drawnId = (attributeValue(plane, 'bpmnElement') ?? '').slice(0, 60);
      if (drawnId !== '')
        yield { element: document.root, message: `<${plane.name}> draws "${drawnId}", which does not exist` };
    }
  },
};
