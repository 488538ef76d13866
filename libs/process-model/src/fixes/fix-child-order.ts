import { childRank } from '../bpmn/child-order.ts';
import { nearestNamedElement } from '../bpmn/engine-view.ts';
import { attributeValue, selfAndDescendants } from '../xml/xml-tree.ts';
import { replaceChildren } from '../xml/edit-xml.ts';
import type { AppliedFix } from './fix.ts';
import type { XmlDocument, XmlElement, XmlNode } from '../xml/xml-tree.ts';

export function fixChildOrder({ root }: XmlDocument): AppliedFix[] {
  return Array.from(selfAndDescendants(root))
    .filter(sortChildren)
    .map((element) => ({
      rule: 'child-order',
      elementId: attributeValue(nearestNamedElement(element), 'id') ?? '',
      description: `put the children of <${element.name}> into the order of the schema`,
    }));
}

interface Group {
  readonly rank: number;
  readonly nodes: XmlNode[];
}

/**
 * Sorts the children as the schema asks; equal ones keep their order. A comment stays before the element it stands
 * before, an element the schema does not know stays behind its predecessor.
 *
 * @returns whether anything moved
 */
export function sortChildren(parent: XmlElement): boolean {
  const groups: Group[] = [];
  let leading: XmlNode[] = [];
  for (const child of parent.children) {
    const rank = child.kind === 'element' ? (childRank(parent, child) ?? groups.at(-1)?.rank ?? 0) : undefined;
    leading.push(child);
    if (rank === undefined) continue;
    groups.push({ rank, nodes: leading });
    leading = [];
  }
  const sorted = groups.toSorted((left, right) => left.rank - right.rank);
  if (sorted.every((group, index) => group === groups[index])) return false;
  replaceChildren(parent, [...sorted.flatMap(({ nodes }) => nodes), ...leading]);
  return true;
}
