import { bpmnChildren } from '../bpmn/engine-view.ts';
import { executedElements, isEventSubProcess } from '../bpmn/execution.ts';
import { indexById, referenced } from '../bpmn/references.ts';
import { activityNames } from '../bpmn/vocabulary.ts';
import { attributeValue, childElements } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

type Index = ReadonlyMap<string, XmlElement>;

export const compensation: DocumentRule = {
  id: 'compensation',
  severity: 'error',
  what: 'A step that undoes another (isForCompensation) is reached by an association from one compensation boundary event and by no flow; what is thrown names a step of the same scope.',
  why: 'The engine refuses anything else.',
  remedy: 'Connect the boundary event with an association to the step that undoes, and leave that step without flows.',
  fixable: false,
  *check(document): Iterable<Report> {
    const index = indexById(document);
    yield* checkFlows(document, index);
    yield* checkThrown(document);
    yield* checkBoundaries(document, index);
    yield* checkSubProcesses(document, index);
  },
};

function* checkFlows(document: XmlDocument, index: Index): Iterable<Report> {
  for (const flow of executedElements(document, new Set(['sequenceFlow']))) {
    for (const end of ['sourceRef', 'targetRef']) {
      const step = referenced(index, flow, end);
      if (step !== undefined && isHandler(step)) {
        yield {
          element: flow,
          message: `The flow ${end === 'sourceRef' ? 'leaves' : 'leads to'} "${attributeValue(step, 'id') ?? ''}", which runs for compensation only`,
          remedy: 'Remove the flow, or isForCompensation.',
        };
      }
    }
  }
}

function* checkThrown(document: XmlDocument): Iterable<Report> {
  for (const event of executedElements(document, new Set(['intermediateThrowEvent', 'endEvent']))) {
    for (const definition of bpmnChildren(event, 'compensateEventDefinition')) {
      const reference = attributeValue(definition, 'activityRef');
      if (
        reference === undefined ||
        reachableFrom(event).some((element) => attributeValue(element, 'id') === reference)
      )
        continue;
      yield {
        element: event,
        message: `The event compensates "${reference.slice(0, 60)}", and there is no such step beside it`,
        remedy:
          'Name a step of the same process or sub-process in activityRef, or leave activityRef out: then all steps are compensated.',
      };
    }
  }
}

/** What the engine finds: the steps beside the event; from an event sub-process, those around it too. */
function reachableFrom(event: XmlElement): XmlElement[] {
  const [scope, outer] = [event.parent, event.parent?.parent];
  const beside = scope === undefined ? [] : childElements(scope);
  return scope !== undefined && outer !== undefined && isEventSubProcess(scope)
    ? [...beside, ...childElements(outer)]
    : beside;
}

function* checkBoundaries(document: XmlDocument, index: Index): Iterable<Report> {
  const hosts = new Set<string>();
  const associations = associationsFrom(document, index);
  for (const event of executedElements(document, new Set(['boundaryEvent']))) {
    if (bpmnChildren(event, 'compensateEventDefinition').length === 0) continue;
    const host = attributeValue(event, 'attachedToRef') ?? '';
    if (hosts.has(host))
      yield {
        element: event,
        message: `"${host}" has more than one compensation boundary event`,
        remedy: 'Keep one; it can lead to a sub-process with several steps.',
      };
    hosts.add(host);
    yield* checkAssociations(event, index, associations.get(event) ?? []);
  }
}

/** By the element of the same scope that they come from. */
function associationsFrom(document: XmlDocument, index: Index): Map<XmlElement, XmlElement[]> {
  const associations = new Map<XmlElement, XmlElement[]>();
  for (const association of executedElements(document, new Set(['association']))) {
    const source = referenced(index, association, 'sourceRef');
    if (source === undefined || source.parent !== association.parent) continue;
    const known = associations.get(source);
    if (known === undefined) associations.set(source, [association]);
    else known.push(association);
  }
  return associations;
}

function* checkAssociations(event: XmlElement, index: Index, associations: readonly XmlElement[]): Iterable<Report> {
  const targets = associations
    .flatMap((association) => referenced(index, association, 'targetRef') ?? [])
    .filter(({ localName }) => activityNames.has(localName));
  const wrong = targets.find((target) => !isHandler(target));
  if (wrong !== undefined)
    yield {
      element: event,
      message: `The event leads to "${attributeValue(wrong, 'id') ?? ''}", which is not marked as a compensation step`,
      remedy: 'Write isForCompensation="true" on that step.',
    };
  if (targets.length === 0)
    yield {
      element: event,
      severity: 'warning',
      message: 'The compensation boundary event leads to no step: nothing is undone',
    };
}

/** Event sub-processes that start with a compensation. */
function* checkSubProcesses(document: XmlDocument, index: Index): Iterable<Report> {
  const seen = new Set<XmlElement>();
  const bounded = new Set(
    Array.from(executedElements(document, new Set(['boundaryEvent'])))
      .filter((event) => bpmnChildren(event, 'compensateEventDefinition').length > 0)
      .map((event) => referenced(index, event, 'attachedToRef')),
  );
  for (const start of executedElements(document, new Set(['startEvent']))) {
    const scope = start.parent?.parent;
    if (
      scope === undefined ||
      start.parent === undefined ||
      !isEventSubProcess(start.parent) ||
      bpmnChildren(start, 'compensateEventDefinition').length === 0
    )
      continue;
    if (scope.localName === 'process')
      yield {
        element: start,
        message: 'A compensation event sub-process stands in the process itself',
        remedy: 'Put it, and what it undoes, into an embedded sub-process.',
      };
    else if (seen.has(scope))
      yield { element: start, message: 'Two event sub-processes for compensation stand in the same sub-process' };
    else if (bounded.has(scope))
      yield {
        element: start,
        message: 'The sub-process has a compensation boundary event and a compensation event sub-process',
      };
    seen.add(scope);
  }
}

function isHandler(step: XmlElement): boolean {
  return attributeValue(step, 'isForCompensation')?.toLowerCase() === 'true';
}
