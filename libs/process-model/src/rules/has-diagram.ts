import { drawnIds, elementsToDraw, orphanedDiagramElements } from '../bpmn/diagram.ts';
import { attributeValue } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';

export const hasDiagram: DocumentRule = {
  id: 'has-diagram',
  severity: 'warning',
  what: 'Every flow node, sequence flow, pool and message flow is drawn in the diagram.',
  why: 'Tokens are shown on the diagram; what is not drawn runs unseen.',
  remedy: 'Draw the model in a BPMN modeler, or let it be laid out.',
  fixable: true,
  *check(document): Iterable<Report> {
    const toDraw = elementsToDraw(document);
    const drawn = drawnIds(document);
    const missing = toDraw.filter((element) => !drawn.has(attributeValue(element, 'id') ?? ''));
    if (missing.length > 0 && missing.length === toDraw.length) {
      yield { element: document.root, message: `The model has no diagram: none of its ${toDraw.length} elements is drawn` };
    } else {
      for (const element of missing) yield { element, message: 'The element is not drawn in the diagram' };
    }
    for (const orphan of orphanedDiagramElements(document)) {
      yield { element: document.root, message: `<${orphan.name}> draws "${(attributeValue(orphan, 'bpmnElement') ?? '').slice(0, 60)}", which does not exist` };
    }
  },
};
