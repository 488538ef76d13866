import { setAttribute } from '../xml/edit-xml.ts';
import { attributeValue, childElements, selfAndDescendants } from '../xml/xml-tree.ts';
import { isBpmn } from './engine-view.ts';
import { flowElementNames } from './vocabulary.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

/** What bpmn-moddle takes for an id; XML, and the engine with it, takes letters of every language. */
const plainId = /^[a-z_][\w.-]*$/i;

/**
 * Writes ids with letters such as `ö` in plain ones, and every reference with them: bpmn-moddle would drop the element, and
 * no rule would see it. Steps and flows without an id get one, by which flows are told apart. Changes the document.
 *
 * @returns what each new id was before, empty for none
 */
export function usePlainIds(document: XmlDocument): ReadonlyMap<string, string> {
  const elements = Array.from(selfAndDescendants(document.root));
  const renamed = new Map<string, string>();
  for (const element of elements) {
    const id = attributeValue(element, 'id')?.trim() ?? '';
    if (id !== '' && !plainId.test(id) && !renamed.has(id)) renamed.set(id, `plain_${renamed.size}`);
  }
  if (renamed.size > 0) for (const element of elements) rewrite(element, renamed);
  const before = new Map(Array.from(renamed, ([original, plain]) => [plain, original]));
  for (const element of elements.filter(isNameless)) {
    const id = `nameless_${before.size}`;
    setAttribute(element, 'id', id);
    before.set(id, '');
  }
  return before;
}

function rewrite(element: XmlElement, renamed: ReadonlyMap<string, string>): void {
  for (const attribute of element.attributes) {
    attribute.value = renamed.get(attribute.value.trim()) ?? attribute.value;
  }
  if (childElements(element).length > 0) return;
  for (const child of element.children)
    if (child.kind === 'text') child.value = renamed.get(child.value.trim()) ?? child.value;
}

function isNameless(element: XmlElement): boolean {
  return flowElementNames.has(element.localName) && isBpmn(element) && attributeValue(element, 'id') === undefined;
}
