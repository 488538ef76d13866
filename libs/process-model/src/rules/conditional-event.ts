import { bpmnChildren } from '../bpmn/engine-view.ts';
import { executedElements } from '../bpmn/execution.ts';
import type { DocumentRule, Report } from './rule.ts';

export const conditionalEvent: DocumentRule = {
  id: 'conditional-event',
  severity: 'error',
  what: 'A conditional event has a condition.',
  why: 'The engine refuses it otherwise.',
  remedy: 'Add the condition.',
  fixable: false,
  *check(document): Iterable<Report> {
    for (const definition of executedElements(document, new Set(['conditionalEventDefinition']))) {
      // An empty one is judged as every condition is.
      if (bpmnChildren(definition, 'condition').length === 0)
        yield { element: definition.parent ?? definition, message: 'The event has no condition' };
    }
  },
};
