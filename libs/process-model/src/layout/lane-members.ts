import { bpmnChildren } from '../bpmn/engine-view.ts';
import { directText } from '../xml/xml-tree.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

/** The lanes directly in a process, sub-process or lane. */
export function lanesOf(owner: XmlElement): XmlElement[] {
  const sets = [...bpmnChildren(owner, 'laneSet'), ...bpmnChildren(owner, 'childLaneSet')];
  return sets.flatMap((set) => bpmnChildren(set, 'lane'));
}

/** Ids of the steps in a lane, those of the lanes inside it included. */
export function memberIds(lane: XmlElement): Set<string> {
  return new Set([...ownMemberIds(lane), ...lanesOf(lane).flatMap((inner) => Array.from(memberIds(inner)))]);
}

/** The innermost lane of each step, by the id of the step; of several lanes that name it the first. */
export function laneByStep(owner: XmlElement): Map<string, XmlElement> {
  const found = new Map<string, XmlElement>();
  for (const lane of lanesOf(owner)) {
    const steps = [...laneByStep(lane), ...ownMemberIds(lane).map((id) => [id, lane] as const)];
    for (const [id, innermost] of steps) if (!found.has(id)) found.set(id, innermost);
  }
  return found;
}

/** How many lanes lie in each other. */
export function laneDepth(owner: XmlElement): number {
  return lanesOf(owner).reduce((most, lane) => Math.max(most, 1 + laneDepth(lane)), 0);
}

/** A reference is a QName: its prefix says nothing about the step. */
function ownMemberIds(lane: XmlElement): string[] {
  return bpmnChildren(lane, 'flowNodeRef').map((reference) => {
    const name = directText(reference).trim();
    return name.slice(name.indexOf(':') + 1);
  });
}
