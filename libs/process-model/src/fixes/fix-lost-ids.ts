import { lostIds } from '../bpmn/lost-ids.ts';
import { setAttribute } from '../xml/edit-xml.ts';
import type { AppliedFix } from './fix.ts';
import type { XmlDocument } from '../xml/xml-tree.ts';

/** Gives elements back the id by which other places still name them. */
export function fixLostIds(document: XmlDocument): AppliedFix[] {
  return Array.from(lostIds(document), ([element, id]) => {
    setAttribute(element, 'id', id);
    return {
      rule: 'unique-ids',
      elementId: id,
      description: `gave the <${element.name}> back its id: other places name it "${id}"`,
    };
  });
}
