import { isBpmn } from '../bpmn/engine-view.ts';
import { idReferences } from '../bpmn/id-references.ts';
import { bpmnElements } from '../bpmn/references.ts';
import { validId } from '../bpmn/valid-id.ts';
import { elementsById } from '../rules/unique-ids.ts';
import { attributeValue } from '../xml/xml-tree.ts';
import { setAttribute } from '../xml/edit-xml.ts';
import { kindOf, takeId } from './free-id.ts';
import type { AppliedFix } from './fix.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

/**
 * Gives a valid id to every element whose id is none, as other tools write them (`{b1a7…}`, `5e7d-91`, `Ende 1`), and
 * lets everything that names it follow. A process gets a new key with it.
 */
export function fixForeignIds(document: XmlDocument): AppliedFix[] {
  const byId = elementsById(document);
  const taken = new Set(byId.keys());
  const renames = new Map<string, string>();
  const applied: AppliedFix[] = [];
  for (const [id, elements] of byId) {
    const [first] = elements;
    if (first === undefined || validId.test(id.trim()) || id === '') continue;
    const newId = takeId(validForm(id, first), taken);
    renames.set(id, newId);
    for (const element of elements) setAttribute(element, 'id', newId);
    applied.push({
      rule: 'unique-ids',
      elementId: newId,
      was: id,
      description: description(id, newId, elements.find(isBpmn) ?? first),
    });
  }
  if (renames.size > 0) renameReferences(document, renames);
  return applied;
}

function renameReferences(document: XmlDocument, renames: ReadonlyMap<string, string>): void {
  for (const { value, rename } of Array.from(idReferences(document))) {
    const newId = renames.get(value) ?? renames.get(value.slice(value.indexOf(':') + 1));
    if (newId !== undefined) rename(newId);
  }
  for (const activity of bpmnElements(document, new Set(['callActivity']))) {
    const newId = renames.get(attributeValue(activity, 'calledElement')?.trim() ?? '');
    if (newId !== undefined) setAttribute(activity, 'calledElement', newId);
  }
}

function description(id: string, newId: string, { localName, name }: XmlElement): string {
  return localName === 'process'
    ? `${newId} is the new process key; it was ${id}`
    : `renamed the <${name}> that was called ${id}, with everything that names it`;
}

function validForm(id: string, element: XmlElement): string {
  const letters = id.replaceAll(/[^\p{L}\p{N}_.-]+/gu, '_').replaceAll(/^[_.-]+|[_.-]+$/g, '');
  if (letters === '') return `${kindOf(element)}_1`;
  return validId.test(letters) ? letters : `${kindOf(element)}_${letters}`;
}
