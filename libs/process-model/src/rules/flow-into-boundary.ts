import { executedElements } from '../bpmn/execution.ts';
import { indexById, referenced } from '../bpmn/references.ts';
import { attributeValue } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';

export const flowIntoBoundary: DocumentRule = {
  id: 'flow-into-boundary',
  severity: 'error',
  what: 'No sequence flow leads into a boundary event.',
  why: 'A boundary event happens while its step is at work; the engine fails as soon as it takes the flow.',
  remedy: 'Lead the flow to the step itself, or to what stands behind the boundary event.',
  fixable: false,
  *check(document): Iterable<Report> {
    const index = indexById(document);
    for (const flow of executedElements(document, new Set(['sequenceFlow']))) {
      const target = referenced(index, flow, 'targetRef');
      if (target?.localName === 'boundaryEvent')
        yield {
          element: flow,
          message: `The flow leads into the boundary event "${attributeValue(target, 'id') ?? ''}"`,
        };
    }
  },
};
