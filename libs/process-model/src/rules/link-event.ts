import { bpmnChildren } from '../bpmn/engine-view.ts';
import { executedElements } from '../bpmn/execution.ts';
import { attributeValue } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

interface LinkEvent {
  readonly event: XmlElement;
  readonly name: string;
}

export const linkEvent: DocumentRule = {
  id: 'link-event',
  severity: 'error',
  what: 'Link events come in pairs with the same name, in the same process or sub-process.',
  why: 'The engine refuses a flow to a link that goes nowhere, and two places where the same link goes on.',
  remedy: 'Name the link, and add the event that is missing.',
  fixable: false,
  *check(document): Iterable<Report> {
    const [thrown, caught] = [linksOf(document, 'intermediateThrowEvent'), linksOf(document, 'intermediateCatchEvent')];
    for (const { event, name } of [...thrown, ...caught])
      if (name.trim() === '') yield { element: event, severity: 'warning', message: 'The link event has no name' };
    yield* checkThrown(document, thrown, caught);
    for (const { event, name } of caught) {
      const first = caught.find((other) => other.name === name);
      if (first?.event !== event)
        yield { element: event, message: `Another link event continues "${name.slice(0, 60)}" too` };
      else if (thrown.every((other) => other.name !== name))
        yield { element: event, severity: 'warning', message: `No link event leads to "${name.slice(0, 60)}"` };
    }
  },
};

/** The engine puts the place where a link goes on into the flows that lead to it. */
function* checkThrown(
  document: XmlDocument,
  thrown: readonly LinkEvent[],
  caught: readonly LinkEvent[],
): Iterable<Report> {
  const targets = new Set(
    Array.from(executedElements(document, new Set(['sequenceFlow'])), (flow) => attributeValue(flow, 'targetRef')),
  );
  for (const { event, name } of thrown) {
    const severity = targets.has(attributeValue(event, 'id')) ? 'error' : 'warning';
    const target = caught.find((other) => other.name === name)?.event;
    if (target === undefined)
      yield { element: event, severity, message: `No link event of this name continues "${name.slice(0, 60)}"` };
    else if (target.parent !== event.parent)
      yield {
        element: event,
        severity,
        message: `The link event that continues "${name.slice(0, 60)}" lies in another sub-process or process`,
      };
  }
}

/** The engine asks for the links of the whole file. */
function linksOf(document: XmlDocument, kind: 'intermediateThrowEvent' | 'intermediateCatchEvent'): LinkEvent[] {
  return Array.from(executedElements(document, new Set([kind]))).flatMap((event) =>
    bpmnChildren(event, 'linkEventDefinition')
      .slice(0, 1)
      .map((definition) => ({ event, name: attributeValue(definition, 'name') ?? '' })),
  );
}
