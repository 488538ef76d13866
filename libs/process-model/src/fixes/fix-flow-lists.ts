import { bpmnChildren } from '../bpmn/engine-view.ts';
import { bpmnElements } from '../bpmn/references.ts';
import { flowNodeNames } from '../bpmn/vocabulary.ts';
import { attributeValue, directText } from '../xml/xml-tree.ts';
import { createElement, replaceChildren } from '../xml/edit-xml.ts';
import { sortChildren } from './fix-child-order.ts';
import type { AppliedFix } from './fix.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

type ListName = 'incoming' | 'outgoing';

/** Makes `<incoming>` and `<outgoing>` say what the flows say, wherever one of them names a flow that is not there. */
export function fixFlowLists(document: XmlDocument): AppliedFix[] {
  return rewriteFlowLists(document, (listed, actual) => listed.some((id) => !actual.includes(id))).map((node) => ({
    rule: 'referenced-ids',
    elementId: attributeValue(node, 'id') ?? '',
    description: 'made <incoming> and <outgoing> agree with the flows',
  }));
}

/** Adds every `<incoming>` and `<outgoing>` that the author left out; tools of the bpmn-io family rely on them. */
export function completeFlowLists(document: XmlDocument): void {
  rewriteFlowLists(
    document,
    (listed, actual) => listed.length !== actual.length || listed.some((id) => !actual.includes(id)),
  );
}

function rewriteFlowLists(
  document: XmlDocument,
  isWrong: (listed: readonly string[], actual: readonly string[]) => boolean,
): XmlElement[] {
  const flows = Array.from(bpmnElements(document, new Set(['sequenceFlow'])));
  const incoming = groupFlows(flows, 'targetRef');
  const outgoing = groupFlows(flows, 'sourceRef');
  return Array.from(bpmnElements(document, flowNodeNames)).filter((node) => {
    const id = attributeValue(node, 'id') ?? '';
    const changed = [
      rewrite(node, 'incoming', incoming.get(id) ?? [], isWrong),
      rewrite(node, 'outgoing', outgoing.get(id) ?? [], isWrong),
    ];
    return changed.includes(true);
  });
}

function groupFlows(flows: readonly XmlElement[], end: 'sourceRef' | 'targetRef'): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const flow of flows) {
    const node = attributeValue(flow, end) ?? '';
    const id = attributeValue(flow, 'id');
    if (id !== undefined) groups.set(node, [...(groups.get(node) ?? []), id]);
  }
  return groups;
}

function rewrite(
  node: XmlElement,
  list: ListName,
  actual: readonly string[],
  isWrong: (listed: readonly string[], actual: readonly string[]) => boolean,
): boolean {
  const existing = bpmnChildren(node, list);
  if (
    !isWrong(
      existing.map((element) => directText(element).trim()),
      actual,
    )
  )
    return false;
  const written = actual.map((id) => {
    const element = createElement(node.prefix === '' ? list : `${node.prefix}:${list}`, node.uri);
    element.children.push({ kind: 'text', value: id });
    return element;
  });
  const others = node.children.filter((child) => child.kind !== 'element' || !existing.includes(child));
  replaceChildren(node, [...others, ...written]);
  sortChildren(node);
  return true;
}
