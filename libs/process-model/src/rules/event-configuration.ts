import { bpmnChildren, extensionAttribute } from '../bpmn/engine-view.ts';
import { bpmnElements, indexById, referenced, resolve } from '../bpmn/references.ts';
import { eventDefinitionNames } from '../bpmn/vocabulary.ts';
import { attributeValue, childElements, directText } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

export const eventConfiguration: DocumentRule = {
  id: 'event-configuration',
  severity: 'error',
  what: 'Events and loops are complete: a timer has its time, a boundary event its trigger, a thrown error its code, a loop its number or collection.',
  why: 'The engine refuses them otherwise.',
  remedy: 'Add what is missing, in the properties of the element.',
  fixable: false,
  *check(document): Iterable<Report> {
    yield* checkTriggers(document);
    yield* checkTimers(document);
    yield* checkThrownCodes(document);
    yield* checkLoops(document);
    yield* checkEventGateways(document);
  },
};

function* checkTriggers(document: XmlDocument): Iterable<Report> {
  for (const event of bpmnElements(document, new Set(['boundaryEvent', 'intermediateCatchEvent']))) {
    const triggers = childElements(event).filter(
      ({ localName }) => eventDefinitionNames.has(localName) || localName === 'eventDefinitionRef',
    );
    if (triggers.length === 0)
      yield {
        element: event,
        message: 'The event waits for nothing: it has no timer, message, error or other trigger',
      };
  }
}

function* checkTimers(document: XmlDocument): Iterable<Report> {
  for (const timer of bpmnElements(document, new Set(['timerEventDefinition']))) {
    const times = childElements(timer).filter(({ localName }) =>
      ['timeDate', 'timeDuration', 'timeCycle'].includes(localName),
    );
    if (times.length === 0) {
      yield {
        element: timer,
        message: 'The timer has no date, duration or cycle',
        remedy: 'Write <bpmn:timeDuration>PT5M</bpmn:timeDuration>, or a date or cycle (ISO 8601).',
      };
    }
  }
}

const thrownCodes = [
  { definition: 'errorEventDefinition', reference: 'errorRef', code: 'errorCode' },
  { definition: 'escalationEventDefinition', reference: 'escalationRef', code: 'escalationCode' },
] as const;

function* checkThrownCodes(document: XmlDocument): Iterable<Report> {
  const index = indexById(document);
  for (const { definition, reference, code } of thrownCodes) {
    for (const event of bpmnElements(document, new Set(['endEvent', 'intermediateThrowEvent']))) {
      for (const thrown of bpmnChildren(event, definition)) {
        const referenced = attributeValue(thrown, reference);
        const target = referenced === undefined ? undefined : resolve(index, referenced);
        if (referenced === undefined)
          yield { element: event, message: `The event throws nothing: its ${definition} has no ${reference}` };
        else if (
          target !== undefined &&
          target.localName === definition.replace('EventDefinition', '') &&
          (attributeValue(target, code) ?? '') === ''
        )
          yield { element: target, message: `<${target.name}> is thrown and has no ${code}` };
      }
    }
  }
}

function* checkLoops(document: XmlDocument): Iterable<Report> {
  for (const loop of bpmnElements(document, new Set(['multiInstanceLoopCharacteristics']))) {
    const cardinality = bpmnChildren(loop, 'loopCardinality');
    if (cardinality.some((times) => directText(times) === ''))
      yield { element: loop, message: 'The loopCardinality is empty' };
    else if (cardinality.length === 0 && !hasCollection(loop))
      yield {
        element: loop,
        message: 'The multi-instance activity has neither a loopCardinality nor a camunda:collection',
      };
  }
}

/** The engine makes the events part of the gateway: each belongs to one gateway only, and nothing else may follow. */
function* checkEventGateways(document: XmlDocument): Iterable<Report> {
  const index = indexById(document);
  const flows = Array.from(bpmnElements(document, new Set(['sequenceFlow'])));
  for (const flow of flows) {
    const source = referenced(index, flow, 'sourceRef');
    const target = referenced(index, flow, 'targetRef');
    if (source?.localName !== 'eventBasedGateway' || target === undefined) continue;
    const arriving = flows.filter((other) => referenced(index, other, 'targetRef') === target);
    if (target.localName !== 'intermediateCatchEvent')
      yield {
        element: flow,
        message: `An event-based gateway leads to a <${target.name}>, not to an intermediate catch event`,
      };
    else if (arriving.length > 1)
      yield { element: target, message: 'Only the flow of its event-based gateway may lead to this event' };
  }
}

function hasCollection(loop: XmlElement): boolean {
  return extensionAttribute(loop, 'collection') !== undefined || bpmnChildren(loop, 'loopDataInputRef').length > 0;
}
