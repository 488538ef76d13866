import { bpmnChildren, extensionChildren, extensionElements, isBpmn, isExtension } from '../bpmn/engine-view.ts';
import { executedElements, isEventSubProcess } from '../bpmn/execution.ts';
import { activityNames, flowNodeNames, gatewayNames } from '../bpmn/vocabulary.ts';
import { attributeValue, childElements } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

export const inputOutput: DocumentRule = {
  id: 'input-output',
  severity: 'error',
  what: 'Inputs and outputs stand on tasks, sub-processes, call activities, catching and throwing events; outputs not on end events and not on what runs several times.',
  why: 'The engine refuses them elsewhere.',
  remedy: 'Move the input or output to the task before or behind.',
  fixable: false,
  *check(document): Iterable<Report> {
    for (const element of executedElements(document, flowNodeNames)) {
      const mappings = extensionElements(element, 'inputOutput');
      if (mappings.length === 0) continue;
      const place = placeWithout(element);
      if (place !== undefined) yield { element, message: `${place} takes no inputs and outputs` };
      else if (mappings.some(hasOutput)) yield* checkOutputs(element);
      yield* mappings.flatMap(parameters).flatMap(checkValue);
    }
  },
};

function placeWithout(element: XmlElement): string | undefined {
  const { localName } = element;
  if (localName === 'startEvent') return 'A start event';
  if (localName === 'boundaryEvent') return 'A boundary event';
  if (gatewayNames.has(localName)) return 'A gateway';
  return isEventSubProcess(element) ? 'An event sub-process' : undefined;
}

function* checkOutputs(element: XmlElement): Iterable<Report> {
  if (element.localName === 'endEvent')
    yield { element, message: 'An end event has an output, and nothing comes behind it' };
  if (activityNames.has(element.localName) && bpmnChildren(element, 'multiInstanceLoopCharacteristics').length > 0) {
    yield {
      element,
      message: 'A task that runs several times has an output, and each run would write the same variable',
      remedy:
        'Let the worker return the result under its own name, or put the task into a sub-process that runs several times.',
    };
  }
}

function hasOutput(mapping: XmlElement): boolean {
  return extensionChildren(mapping, 'outputParameter').length > 0;
}

function parameters(mapping: XmlElement): XmlElement[] {
  return childElements(mapping).filter((child) => isExtension(child) && !isBpmn(child));
}

/** The engine takes one nested value: a list, a map, or a script. */
function checkValue(parameter: XmlElement): Report[] {
  const values = childElements(parameter);
  const name = attributeValue(parameter, 'name') ?? '';
  return values.length > 1
    ? [
        {
          element: parameter,
          message: `The parameter "${name.slice(0, 60)}" holds ${values.length} values`,
          remedy: 'Put them into one <camunda:list> or <camunda:map>.',
        },
      ]
    : [];
}
