import { bpmnChildren } from '../bpmn/engine-view.ts';
import { executedElements } from '../bpmn/execution.ts';
import { indexById, referenced } from '../bpmn/references.ts';
import { attributeValue } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

const hosts: ReadonlySet<string> = new Set(['subProcess', 'transaction', 'callActivity', 'userTask']);

interface Handler {
  readonly event: XmlElement;
  /** The same for handlers of which one escalation reaches only one. */
  readonly place: string;
  /** Empty: it catches every escalation. */
  readonly code: string;
}

export const escalation: DocumentRule = {
  id: 'escalation',
  severity: 'error',
  what: 'Escalations are caught on sub-processes, call activities and user tasks, each code by one event only.',
  why: 'Nothing else can escalate, and the engine could not tell which of two events is meant: it refuses the model.',
  remedy: 'Give each event an escalation with a code of its own; an event without one catches all and stands alone.',
  fixable: false,
  *check(document): Iterable<Report> {
    const index = indexById(document);
    for (const event of executedElements(document, new Set(['boundaryEvent']))) yield* checkHost(event, index);
    const byPlace = new Map<string, Set<string>>();
    for (const { event, place, code } of handlers(document, index)) {
      const codes = byPlace.get(place) ?? new Set<string>();
      if (codes.has(code))
        yield {
          element: event,
          message:
            code === ''
              ? 'Two events here catch every escalation'
              : `Another event here catches the escalation "${code.slice(0, 60)}" too`,
        };
      else if (codes.size > 0 && (code === '' || codes.has('')))
        yield {
          element: event,
          message: 'An event that catches every escalation stands beside one that catches a certain escalation',
        };
      byPlace.set(place, codes.add(code));
    }
  },
};

function* checkHost(event: XmlElement, index: ReadonlyMap<string, XmlElement>): Iterable<Report> {
  if (bpmnChildren(event, 'escalationEventDefinition').length === 0) return;
  const host = referenced(index, event, 'attachedToRef');
  if (host === undefined || hosts.has(host.localName)) return;
  yield {
    element: event,
    message: `No escalation comes out of a <${host.name}>`,
    remedy: 'Attach the event to a sub-process, call activity or user task; for a task of a worker use an error event.',
  };
}

function* handlers(document: XmlDocument, index: ReadonlyMap<string, XmlElement>): Iterable<Handler> {
  for (const event of executedElements(document, new Set(['boundaryEvent', 'startEvent']))) {
    for (const definition of bpmnChildren(event, 'escalationEventDefinition').slice(0, 1)) {
      const place = placeOf(event);
      const target = referenced(index, definition, 'escalationRef');
      if (place !== undefined)
        yield { event, place, code: target === undefined ? '' : (attributeValue(target, 'escalationCode') ?? '') };
    }
  }
}

function placeOf(event: XmlElement): string | undefined {
  if (event.localName === 'boundaryEvent') return `at ${attributeValue(event, 'attachedToRef') ?? ''}`;
  const subProcess = event.parent;
  if (
    subProcess === undefined ||
    attributeValue(subProcess, 'triggeredByEvent') !== 'true' ||
    subProcess.parent === undefined
  )
    return undefined;
  return `in ${attributeValue(subProcess.parent, 'id') ?? ''}`;
}
