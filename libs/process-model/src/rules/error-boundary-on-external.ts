import { bpmnChildren, extensionAttribute, extensionElements } from '../bpmn/engine-view.ts';
import { executedElements, isEventSubProcess } from '../bpmn/execution.ts';
import { bpmnElements, indexById, referenced, resolve } from '../bpmn/references.ts';
import { serviceTaskLikeNames } from '../bpmn/vocabulary.ts';
import { ancestors, attributeValue, childElements } from '../xml/xml-tree.ts';
import type { DocumentRule, Report, TopicError } from './rule.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

/** Stands for every code. */
const every = '*';

export const errorBoundaryOnExternal: DocumentRule = {
  id: 'error-boundary-on-external',
  severity: 'warning',
  what: 'A business error of an external task is handled by an error boundary event, or by an error event sub-process around it. Asked only of topics that raise errors, where it is known which.',
  why: 'An error that nobody catches ends the instance silently, as if all were done.',
  remedy: 'Attach an error boundary event to the task or to the sub-process around it, and model what happens then.',
  fixable: false,
  *check(document, { topicErrors }): Iterable<Report> {
    const caughtIn = catchers(document);
    for (const task of executedElements(document, serviceTaskLikeNames)) {
      if (extensionAttribute(task, 'type')?.value !== 'external') continue;
      const caught = new Set([task, ...ancestors(task)].flatMap((scope) => [...(caughtIn.get(scope) ?? [])]));
      if (caught.has(every)) continue;
      const errors = topicErrors?.get(extensionAttribute(task, 'topic')?.value.trim() ?? '');
      if (errors === undefined) {
        if (caught.size === 0)
          yield {
            element: task,
            message: 'No error boundary event or error sub-process handles a failure of this task',
          };
        continue;
      }
      const uncaught = errors
        .filter((error) => isRaised(error, task) && !caught.has(error.code))
        .map(({ code }) => code);
      if (uncaught.length > 0)
        yield {
          element: task,
          message: `No event catches the ${uncaught.length === 1 ? 'error' : 'errors'} ${uncaught.join(', ')} that this task may raise`,
        };
    }
  },
};

/** Which error codes are caught at an activity, or everywhere inside of a scope. */
function catchers(document: XmlDocument): Map<XmlElement, Set<string>> {
  const index = indexById(document);
  const caught = new Map<XmlElement, Set<string>>();
  for (const event of bpmnElements(document, new Set(['boundaryEvent', 'startEvent']))) {
    const place =
      event.localName === 'boundaryEvent' ? referenced(index, event, 'attachedToRef') : scopeOfSubProcess(event);
    for (const definition of place === undefined ? [] : bpmnChildren(event, 'errorEventDefinition')) {
      if (place !== undefined) caught.set(place, (caught.get(place) ?? new Set()).add(codeOf(definition, index)));
    }
  }
  return caught;
}

function scopeOfSubProcess({ parent }: XmlElement): XmlElement | undefined {
  return parent !== undefined && isEventSubProcess(parent) ? parent.parent : undefined;
}

/** A reference to no error is itself the code. */
function codeOf(definition: XmlElement, index: ReadonlyMap<string, XmlElement>): string {
  const reference = attributeValue(definition, 'errorRef');
  if (reference === undefined) return every;
  const error = resolve(index, reference);
  return error === undefined ? reference : (attributeValue(error, 'errorCode') ?? every);
}

/** Some errors are raised only where a property of the task asks for them. */
function isRaised({ onlyWith }: TopicError, task: XmlElement): boolean {
  if (onlyWith === undefined) return true;
  return extensionElements(task, 'properties')
    .flatMap(childElements)
    .some(
      (property) => `${attributeValue(property, 'name') ?? ''}=${attributeValue(property, 'value') ?? ''}` === onlyWith,
    );
}
