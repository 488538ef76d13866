import { bpmnChildren } from '../bpmn/engine-view.ts';
import { executedElements } from '../bpmn/execution.ts';
import { indexById, resolve } from '../bpmn/references.ts';
import { attributeValue } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';

export const cancelEvent: DocumentRule = {
  id: 'cancel-event',
  severity: 'error',
  what: 'Cancel end events stand directly in a transaction, cancel boundary events on one, at most one on each.',
  why: 'Only transactions can be cancelled; the engine refuses anything else.',
  remedy: 'Make the sub-process a <bpmn:transaction>, or use an error event.',
  fixable: false,
  *check(document): Iterable<Report> {
    const index = indexById(document);
    for (const event of executedElements(document, new Set(['endEvent']))) {
      if (bpmnChildren(event, 'cancelEventDefinition').length > 0 && event.parent?.localName !== 'transaction') {
        yield { element: event, message: 'The cancel end event does not stand directly in a transaction' };
      }
    }
    const hosts = new Set<string>();
    for (const event of executedElements(document, new Set(['boundaryEvent']))) {
      if (bpmnChildren(event, 'cancelEventDefinition').length === 0) continue;
      const reference = attributeValue(event, 'attachedToRef') ?? '';
      const host = resolve(index, reference);
      if (host !== undefined && host.localName !== 'transaction')
        yield {
          element: event,
          message: `The cancel event is attached to a <${host.name}>, which cannot be cancelled`,
        };
      else if (hosts.has(reference)) yield { element: event, message: `"${reference}" has more than one cancel event` };
      hosts.add(reference);
    }
  },
};
