import { bpmnChildren, extensionAttribute, extensionElements } from '../bpmn/engine-view.ts';
import { bpmnElements } from '../bpmn/references.ts';
import { serviceTaskLikeNames } from '../bpmn/vocabulary.ts';
import { externalTaskElements, topicProperty } from '../rules/external-task-implementation.ts';
import { codeAttributesOf } from '../rules/no-java.ts';
import { attributeValue, childElements } from '../xml/xml-tree.ts';
import { createElement, removeElement, replaceChildren, setAttribute } from '../xml/edit-xml.ts';
import { extensionPrefix } from './extension-prefix.ts';
import type { AppliedFix } from './fix.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

/** Gives tasks the implementation that `<camunda:externalTask>` or a topic property was meant to be. */
export function fixExternalTasks(document: XmlDocument): AppliedFix[] {
  const tasks = Array.from(bpmnElements(document, serviceTaskLikeNames));
  return tasks.flatMap((task) => {
    if (codeAttributesOf(task).length > 0 || extensionAttribute(task, 'decisionRef') !== undefined) return [];
    const description =
      fixWrongElement(document, task) ?? fixTopicProperty(document, task) ?? fixMissingType(document, task);
    if (description === undefined) return [];
    return [{ rule: 'external-task-implementation', elementId: attributeValue(task, 'id') ?? '', description }];
  });
}

function fixWrongElement(document: XmlDocument, task: XmlElement): string | undefined {
  const wrong = externalTaskElements(task);
  const topic =
    topicOf(task) ??
    wrong.map((element) => attributeValue(element, 'topic')?.trim() ?? '').find((value) => value !== '');
  if (wrong.length === 0 || topic === undefined) return undefined;
  makeExternal(document, task, topic);
  const content = wrong.flatMap(childElements);
  for (const element of wrong) removeElement(element);
  addExtensions(task, content);
  const moved = content.length === 0 ? '' : '; its content now stands in <extensionElements>';
  return `replaced <camunda:externalTask> by the attributes type="external" and topic="${topic}"${moved}`;
}

function fixTopicProperty(document: XmlDocument, task: XmlElement): string | undefined {
  const property = topicProperty(task);
  const topic = property === undefined ? undefined : attributeValue(property, 'value')?.trim();
  if (property === undefined || topic === undefined || topicOf(task) !== undefined) return undefined;
  if (!isExternalOrOpen(task)) return undefined;
  makeExternal(document, task, topic);
  removeWithEmptyParents(property);
  return `moved the topic "${topic}" from <camunda:properties> to the attribute of the task`;
}

function fixMissingType(document: XmlDocument, task: XmlElement): string | undefined {
  const topic = topicOf(task);
  if (topic === undefined || extensionAttribute(task, 'type') !== undefined) return undefined;
  makeExternal(document, task, topic);
  return 'added type="external" to the task';
}

function topicOf(task: XmlElement): string | undefined {
  const topic = extensionAttribute(task, 'topic')?.value.trim();
  return topic === '' ? undefined : topic;
}

function isExternalOrOpen(task: XmlElement): boolean {
  const type = extensionAttribute(task, 'type')?.value.toLowerCase();
  return type === undefined || type === 'external';
}

function makeExternal(document: XmlDocument, task: XmlElement, topic: string): void {
  const { prefix, uri } = extensionPrefix(document);
  for (const [name, value] of [
    ['type', 'external'],
    ['topic', topic],
  ] as const) {
    setAttribute(task, extensionAttribute(task, name)?.name ?? `${prefix}:${name}`, value, uri);
  }
}

/** Puts extensions directly into `<extensionElements>`; the parts of a second `<inputOutput>` join the first. */
function addExtensions(task: XmlElement, content: readonly XmlElement[]): void {
  for (const element of content) {
    const [existing] = extensionElements(task, element.localName);
    if (existing !== undefined && ['inputOutput', 'properties'].includes(element.localName)) {
      replaceChildren(existing, [...existing.children, ...element.children]);
    } else {
      const container = extensionContainer(task);
      replaceChildren(container, [...container.children, element]);
    }
  }
  for (const container of bpmnChildren(task, 'extensionElements')) {
    if (childElements(container).length === 0) removeElement(container);
  }
}

function extensionContainer(task: XmlElement): XmlElement {
  const [existing] = bpmnChildren(task, 'extensionElements');
  if (existing !== undefined) return existing;
  const container = createElement(
    task.prefix === '' ? 'extensionElements' : `${task.prefix}:extensionElements`,
    task.uri,
  );
  replaceChildren(task, [container, ...task.children]);
  return container;
}

function removeWithEmptyParents(element: XmlElement): void {
  const parent = element.parent;
  removeElement(element);
  const emptied = parent !== undefined && childElements(parent).length === 0;
  if (emptied && ['properties', 'extensionElements'].includes(parent.localName)) removeWithEmptyParents(parent);
}
