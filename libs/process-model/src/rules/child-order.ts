import { childRank } from '../bpmn/child-order.ts';
import { childElements, selfAndDescendants } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

export const childOrder: DocumentRule = {
  id: 'child-order',
  severity: 'error',
  what: 'Child elements stand in the order of the BPMN 2.0 schema: documentation, extensionElements, incoming, outgoing, … event definitions last.',
  why: 'The engine validates against the schema and refuses the deployment.',
  remedy: 'Move the element to the place named.',
  fixable: true,
  *check({ root }): Iterable<Report> {
    for (const parent of selfAndDescendants(root)) {
      const misplaced = firstMisplaced(parent);
      if (misplaced === undefined) continue;
      const { child, after } = misplaced;
      yield { element: parent, message: `<${child.name}> must stand before <${after.name}> inside <${parent.name}>` };
    }
  },
};

function firstMisplaced(parent: XmlElement): { child: XmlElement; after: XmlElement } | undefined {
  let highest: { rank: number; element: XmlElement } | undefined;
  for (const child of childElements(parent)) {
    const rank = childRank(parent, child);
    if (rank === undefined) continue;
    if (highest !== undefined && rank < highest.rank) return { child, after: highest.element };
    highest = { rank, element: child };
  }
  return undefined;
}
