import { extensionAttribute, extensionElements, isBpmn, isExtension } from '../bpmn/engine-view.ts';
import { serviceTaskLikeNames } from '../bpmn/vocabulary.ts';
import { attributeValue, childElements, descendants, selfAndDescendants } from '../xml/xml-tree.ts';
import { codeAttributesOf } from './no-java.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

export const externalTaskImplementation: DocumentRule = {
  id: 'external-task-implementation',
  severity: 'error',
  what: 'Service, send and business rule tasks are external tasks: camunda:type="external" and camunda:topic="…".',
  why: 'The engine has no <camunda:externalTask> and ignores what is nested in it; a task without implementation is refused.',
  remedy:
    'Write camunda:type="external" camunda:topic="…" on the task, and <camunda:inputOutput> directly into <bpmn:extensionElements>.',
  fixable: true,
  *check({ root }): Iterable<Report> {
    for (const element of selfAndDescendants(root)) {
      if (isBpmn(element) && serviceTaskLikeNames.has(element.localName)) yield* checkTask(element);
      else yield* checkType(element);
    }
  },
};

function* checkTask(task: XmlElement): Iterable<Report> {
  if (externalTaskElements(task).length > 0) {
    yield {
      element: task,
      message: '<camunda:externalTask> is no extension of the engine: the task has no implementation',
    };
    return;
  }
  if (hasOtherImplementation(task)) return;
  const type = extensionAttribute(task, 'type')?.value;
  const topic = extensionAttribute(task, 'topic')?.value.trim() ?? '';
  if (type === undefined && topicProperty(task) !== undefined) {
    yield { element: task, message: 'The topic stands in <camunda:properties>, where the engine does not look for it' };
  } else if (type?.toLowerCase() !== 'external') {
    const found =
      type === undefined
        ? 'The task has no implementation'
        : `The task type "${type.slice(0, 40)}" runs inside the engine`;
    yield {
      element: task,
      message: `${found}; only external tasks are allowed`,
      fixable: type === undefined && topic !== '',
    };
  } else if (topic === '') {
    yield { element: task, message: 'The external task has no topic', fixable: topicProperty(task) !== undefined };
  }
}

/** `camunda:type` on anything else (a message event, say) starts the engine's built-in mail or shell task just as well. */
function* checkType(element: XmlElement): Iterable<Report> {
  const type = extensionAttribute(element, 'type');
  if (type === undefined) return;
  if (type.value.toLowerCase() !== 'external') {
    yield {
      element,
      message: `The task type "${type.value.slice(0, 40)}" runs inside the engine; only external tasks are allowed`,
      fixable: false,
    };
  } else if ((extensionAttribute(element, 'topic')?.value.trim() ?? '') === '') {
    yield { element, message: 'The external task has no topic', fixable: false };
  }
}

/** A decision table, or code that {@link codeAttributesOf} already reports. */
function hasOtherImplementation(task: XmlElement): boolean {
  return (
    extensionAttribute(task, 'decisionRef') !== undefined ||
    codeAttributesOf(task).length > 0 ||
    extensionElements(task, 'connector').length > 0
  );
}

/** The trap itself: `<camunda:externalTask topic="…">` below the task, wherever the author put it. */
export function externalTaskElements(task: XmlElement): XmlElement[] {
  return Array.from(descendants(task)).filter(
    (element) => element.localName === 'externalTask' && isExtension(element),
  );
}

/** `<camunda:property name="topic" value="…"/>` of a task that has no topic. */
export function topicProperty(task: XmlElement): XmlElement | undefined {
  return extensionElements(task, 'properties')
    .flatMap(childElements)
    .find(
      (property) =>
        attributeValue(property, 'name') === 'topic' && (attributeValue(property, 'value') ?? '').trim() !== '',
    );
}
