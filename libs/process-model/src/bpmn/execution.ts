import { ancestors, attributeValue, childElements, selfAndDescendants } from '../xml/xml-tree.ts';
import { bpmnChildren, isBpmn } from './engine-view.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

/** Exactly as the engine reads the attribute: `1`, which the schema allows, is not `true`. */
function isExecutable(process: XmlElement): boolean {
  return attributeValue(process, 'isExecutable') === 'true';
}

/** The processes that the engine would run; all of them when none is executable, which is a finding of its own. */
export function judgedProcesses({ root }: XmlDocument): XmlElement[] {
  const processes = bpmnChildren(root, 'process');
  const executable = processes.filter(isExecutable);
  return executable.length === 0 ? processes : executable;
}

/** Whether an element belongs to a process that the engine does not even read, such as the pool of a partner. */
export function isOnlyDrawn(element: XmlElement, judged: ReadonlySet<XmlElement>): boolean {
  const process = element.localName === 'process' ? element : processOf(element);
  return process !== undefined && !judged.has(process);
}

/** A sub-process that an event starts, instead of a flow that leads to it. */
export function isEventSubProcess(scope: XmlElement): boolean {
  return scope.localName === 'subProcess' && attributeValue(scope, 'triggeredByEvent') === 'true';
}

/** Whether an event stands at the beginning of a process, where there are no variables yet. */
export function startsProcess(event: XmlElement): boolean {
  return event.localName === 'startEvent' && event.parent?.localName === 'process';
}

/** The start events of a process that no message, time or signal is waited for at: where it begins when it is asked for. */
export function blankStartEvents(process: XmlElement): XmlElement[] {
  return bpmnChildren(process, 'startEvent').filter((event) => !hasEventDefinition(event));
}

/** Whether an event waits for something, or does something, that is named in it. */
export function hasEventDefinition(event: XmlElement): boolean {
  return childElements(event).some((child) => isBpmn(child) && child.localName.endsWith('EventDefinition'));
}

/** The process around an element; undefined for what stands beside the processes. */
function processOf(element: XmlElement): XmlElement | undefined {
  for (const ancestor of ancestors(element)) if (ancestor.localName === 'process' && isBpmn(ancestor)) return ancestor;
  return undefined;
}

/** All BPMN elements with these local names that the engine would run. */
export function* executedElements(document: XmlDocument, names: ReadonlySet<string>): Generator<XmlElement> {
  for (const process of judgedProcesses(document)) {
    for (const element of selfAndDescendants(process))
      if (names.has(element.localName) && isBpmn(element)) yield element;
  }
}
