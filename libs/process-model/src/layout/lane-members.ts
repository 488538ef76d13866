import { bpmnChildren } from '../bpmn/engine-view.ts';
import { attributeValue, directText } from '../xml/xml-tree.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

/** The lanes directly in a process, sub-process or lane. */
export function lanesOf(owner: XmlElement): XmlElement[] {
  const sets = [...bpmnChildren(owner, 'laneSet'), ...bpmnChildren(owner, 'childLaneSet')];
  return sets.flatMap((set) => bpmnChildren(set, 'lane'));
}

/** Ids of the steps in a lane, those of the lanes inside it included. */
export function memberIds(lane: XmlElement): Set<string> {
  const own = bpmnChildren(lane, 'flowNodeRef').map((reference) => directText(reference).trim());
  return new Set([...own, ...lanesOf(lane).flatMap((inner) => Array.from(memberIds(inner)))]);
}

/** The innermost lane of a step. */
export function laneOf(step: XmlElement, owner: XmlElement): XmlElement | undefined {
  const id = attributeValue(step, 'id') ?? '';
  for (const lane of lanesOf(owner)) {
    if (memberIds(lane).has(id)) return laneOf(step, lane) ?? lane;
  }
  return undefined;
}
