import { bpmnChildren } from '../bpmn/engine-view.ts';
import { executedElements, isEventSubProcess, judgedProcesses } from '../bpmn/execution.ts';
import { indexById, referenced } from '../bpmn/references.ts';
import { attributeValue } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

/** Triggers that leave room for a start event without one. */
const ownTriggers = ['messageEventDefinition', 'signalEventDefinition', 'conditionalEventDefinition'];

export const startEvent: DocumentRule = {
  id: 'start-event',
  severity: 'error',
  what: 'A process has one start event that has no trigger or a timer, a sub-process one start event; no flow leads into or out of an event sub-process.',
  why: 'The engine could not tell where to begin and refuses the model.',
  remedy: 'Give the other start events a message or signal, or lead them into one.',
  fixable: false,
  *check(document): Iterable<Report> {
    for (const process of judgedProcesses(document)) {
      const [, ...more] = bpmnChildren(process, 'startEvent').filter(
        (event) => !ownTriggers.some((name) => bpmnChildren(event, name).length > 0),
      );
      for (const event of more)
        yield {
          element: event,
          message: 'The process has another start event without message or signal',
          remedy:
            'Keep one start event without trigger or with a timer. For a process that a person starts too, let a process of its own with the timer call it.',
        };
    }
    for (const scope of executedElements(document, new Set(['subProcess', 'transaction']))) {
      for (const event of bpmnChildren(scope, 'startEvent').slice(1))
        yield { element: event, message: 'The sub-process has another start event' };
      if (isEventSubProcess(scope)) yield* checkInterrupting(scope);
    }
    const index = indexById(document);
    for (const flow of executedElements(document, new Set(['sequenceFlow']))) {
      const ends = ['sourceRef', 'targetRef'].map((end) => referenced(index, flow, end));
      if (ends.some((end) => end !== undefined && isEventSubProcess(end))) {
        yield {
          element: flow,
          message: 'The flow leads into or out of an event sub-process',
          remedy:
            'Remove the flow: an event sub-process starts by its event. If it is a step of the process, remove triggeredByEvent.',
        };
      }
    }
  },
};

function* checkInterrupting(scope: XmlElement): Iterable<Report> {
  for (const event of bpmnChildren(scope, 'startEvent')) {
    if (attributeValue(event, 'isInterrupting') !== 'false' || bpmnChildren(event, 'errorEventDefinition').length === 0)
      continue;
    yield {
      element: event,
      message: 'The start event catches an error and is not interrupting',
      remedy: 'Remove isInterrupting="false": an error always ends what failed.',
    };
  }
}
