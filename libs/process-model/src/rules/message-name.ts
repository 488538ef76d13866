import { bpmnChildren } from '../bpmn/engine-view.ts';
import { executedElements } from '../bpmn/execution.ts';
import { bpmnElements, indexById, referenced } from '../bpmn/references.ts';
import { attributeValue } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

const catchers: ReadonlySet<string> = new Set(['startEvent', 'intermediateCatchEvent', 'boundaryEvent']);
const throwers: ReadonlySet<string> = new Set(['intermediateThrowEvent', 'endEvent']);

export const messageName: DocumentRule = {
  id: 'message-name',
  severity: 'error',
  what: 'Every message and signal has a name, and every receiving event or task says which message it waits for.',
  why: 'Messages are correlated by name; the engine refuses an event without one.',
  remedy: 'Give the <message> a name and refer to it with messageRef.',
  fixable: false,
  *check(document): Iterable<Report> {
    const index = indexById(document);
    for (const element of bpmnElements(document, new Set(['signal']))) {
      if (attributeValue(element, 'name') === undefined) yield { element, message: 'The signal has no name' };
    }
    yield* checkSignalNames(document);
    for (const element of executedElements(document, new Set(['receiveTask']))) {
      if (attributeValue(element, 'messageRef') === undefined)
        yield {
          element,
          severity: 'warning',
          message: 'The receive task names no message: nothing that people can send ends it',
        };
      else yield* checkMessage(element, element, index);
    }
    for (const definition of executedElements(document, new Set(['messageEventDefinition'])))
      yield* checkDefinition(definition, index);
    for (const element of bpmnElements(document, new Set(['message']))) {
      if (isNameless(element)) yield { element, severity: 'warning', message: 'The message has no name' };
    }
  },
};

function isNameless(message: XmlElement): boolean {
  return (attributeValue(message, 'name') ?? '').trim() === '';
}

/** A message that something waits for. */
function* checkMessage(
  element: XmlElement,
  definition: XmlElement,
  index: ReadonlyMap<string, XmlElement>,
): Iterable<Report> {
  const message = referenced(index, definition, 'messageRef');
  if (message !== undefined && isNameless(message))
    yield { element, message: 'The message that the element waits for has no name' };
}

function* checkSignalNames(document: XmlDocument): Iterable<Report> {
  const known = new Set<string>();
  for (const element of bpmnElements(document, new Set(['signal']))) {
    const name = attributeValue(element, 'name');
    if (name !== undefined && known.has(name))
      yield { element, message: `Another signal has the name "${name.slice(0, 60)}" too` };
    if (name !== undefined) known.add(name);
  }
}

function* checkDefinition(definition: XmlElement, index: ReadonlyMap<string, XmlElement>): Iterable<Report> {
  const event = definition.parent;
  if (event === undefined) return;
  if (catchers.has(event.localName)) {
    if (attributeValue(definition, 'messageRef') === undefined)
      yield { element: event, message: 'The event names no message to wait for' };
    yield* checkMessage(event, definition, index);
  }
  const sends = definition.attributes.some(({ localName }) => localName === 'topic');
  if (throwers.has(event.localName) && !sends && bpmnChildren(event, 'messageEventDefinition').length > 0) {
    yield {
      element: event,
      severity: 'warning',
      message: 'The event sends nothing: the engine itself sends no messages',
      remedy:
        'Write camunda:type="external" camunda:topic="…" on the <messageEventDefinition>, and let a worker send it.',
    };
  }
}
