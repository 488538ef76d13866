import { nearestNamedElement } from '../bpmn/engine-view.ts';
import { refusedExpressions } from '../expressions/check-expressions.ts';
import { attributeValue, selfAndDescendants } from '../xml/xml-tree.ts';
import type { AppliedFix } from './fix.ts';
import type { XmlDocument, XmlElement, XmlText } from '../xml/xml-tree.ts';

/** Writes `${…}` for `#{…}` where the expression itself is allowed; the engine treats both alike. */
export function fixDeferredExpressions({ root }: XmlDocument): AppliedFix[] {
  const applied: AppliedFix[] = [];
  for (const element of selfAndDescendants(root)) {
    for (const holder of [...element.attributes, ...texts(element)]) {
      const fixed = immediate(holder.value);
      if (fixed === holder.value) continue;
      holder.value = fixed;
      applied.push({ rule: 'safe-expressions', elementId: idOf(element), description: 'wrote ${…} instead of #{…}' });
    }
  }
  return applied;
}

function texts(element: XmlElement): XmlText[] {
  return element.children
    .filter((child) => child.kind !== 'element')
    .filter(({ kind }) => kind === 'text' || kind === 'cdata');
}

function immediate(text: string): string {
  let fixed = text;
  for (const { start, onlyDeferred } of refusedExpressions(text)) {
    if (onlyDeferred) fixed = `${fixed.slice(0, start)}$${fixed.slice(start + 1)}`;
  }
  return fixed;
}

function idOf(element: XmlElement): string {
  return attributeValue(nearestNamedElement(element), 'id') ?? '';
}
