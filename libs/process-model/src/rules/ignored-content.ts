import { bpmnChildren } from '../bpmn/engine-view.ts';
import { executedElements } from '../bpmn/execution.ts';
import { indexById, referenced } from '../bpmn/references.ts';
import { activityNames } from '../bpmn/vocabulary.ts';
import { attributeValue, childElements } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

export const ignoredContent: DocumentRule = {
  id: 'ignored-content',
  severity: 'warning',
  what: 'Whatever a drawing says is what the engine does: loop markers, conditions behind parallel gateways, flows out of end events and the like are read over.',
  why: 'The process runs, but otherwise than drawn.',
  remedy: 'Draw what is to happen with what the engine executes.',
  fixable: false,
  *check(document): Iterable<Report> {
    yield* checkLoops(document);
    yield* checkFlows(document);
    yield* checkEvents(document);
    for (const element of executedElements(document, new Set(['receiveTask', 'eventBasedGateway']))) {
      if (attributeValue(element, 'instantiate') === 'true')
        yield {
          element,
          message: 'instantiate="true" is ignored: the element starts no process',
          remedy: 'Begin with a start event that waits for the message.',
        };
    }
  },
};

function* checkLoops(document: XmlDocument): Iterable<Report> {
  for (const activity of executedElements(document, activityNames)) {
    if (bpmnChildren(activity, 'standardLoopCharacteristics').length > 0) {
      yield {
        element: activity,
        message: 'The loop marker is ignored: the step runs once',
        remedy: 'Draw the loop with an exclusive gateway behind the step that leads back to it.',
      };
    }
    for (const name of ['startQuantity', 'completionQuantity']) {
      if (!['1', undefined].includes(attributeValue(activity, name)?.trim()))
        yield { element: activity, message: `${name} is ignored: one token starts the step, one leaves it` };
    }
  }
}

function* checkFlows(document: XmlDocument): Iterable<Report> {
  const index = indexById(document);
  for (const flow of executedElements(document, new Set(['sequenceFlow']))) {
    const source = referenced(index, flow, 'sourceRef');
    if (source === undefined) continue;
    const isConditional = bpmnChildren(flow, 'conditionExpression').length > 0;
    if (isConditional && source.localName === 'parallelGateway')
      yield {
        element: flow,
        message: 'The condition is ignored: behind a parallel gateway every flow is taken',
        remedy: 'Use an inclusive gateway, which takes each flow whose condition holds.',
      };
    if (isConditional && source.localName === 'eventBasedGateway')
      yield {
        element: flow,
        message: 'The condition is ignored: an event-based gateway waits for whichever event comes first',
      };
    if (source.localName === 'endEvent')
      yield {
        element: flow,
        message: 'The flow is never taken: it leaves an end event',
        remedy: 'Make the event an intermediate one, or remove the flow.',
      };
  }
}

function* checkEvents(document: XmlDocument): Iterable<Report> {
  for (const event of executedElements(
    document,
    new Set(['boundaryEvent', 'startEvent', 'intermediateThrowEvent', 'endEvent']),
  )) {
    for (const definition of childElements(event)) yield* checkDefinition(event, definition);
  }
}

function* checkDefinition(event: XmlElement, definition: XmlElement): Iterable<Report> {
  const interrupts = event.localName === 'boundaryEvent' && attributeValue(event, 'cancelActivity') !== 'false';
  if (definition.localName === 'errorEventDefinition' && event.localName === 'boundaryEvent' && !interrupts) {
    yield {
      element: event,
      message: 'cancelActivity="false" is ignored: an error always ends the step',
      remedy: 'Leave cancelActivity out, or use an escalation.',
    };
  }
  if (
    definition.localName === 'timerEventDefinition' &&
    interrupts &&
    bpmnChildren(definition, 'timeCycle').length > 0
  ) {
    yield {
      element: event,
      message: 'The timer ends the step, so that it fires once and not again',
      remedy: 'Use a duration, or cancelActivity="false" for a timer that repeats beside the step.',
    };
  }
  if (definition.localName !== 'compensateEventDefinition') return;
  const throwing = event.localName === 'intermediateThrowEvent' || event.localName === 'endEvent';
  if (throwing && attributeValue(definition, 'waitForCompletion') === 'false')
    yield { element: event, message: 'waitForCompletion="false" is ignored: the event waits until all is undone' };
  if (!throwing && attributeValue(definition, 'activityRef') !== undefined)
    yield { element: event, message: 'activityRef is ignored on an event that catches a compensation' };
}
