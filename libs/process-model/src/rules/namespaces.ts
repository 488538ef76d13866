import { wellKnownPrefixes } from '../bpmn/namespaces.ts';
import { attributeValue, selfAndDescendants } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

export const namespaces: DocumentRule = {
  id: 'namespaces',
  severity: 'error',
  what: 'Every prefix (bpmn, camunda, xsi, …) is declared, and <definitions> has a targetNamespace.',
  why: 'An XML parser refuses an undeclared prefix, the schema a missing targetNamespace.',
  remedy: 'Declare the prefix with xmlns:… on <definitions>, and give it a targetNamespace.',
  fixable: true,
  *check({ root }): Iterable<Report> {
    const target = attributeValue(root, 'targetNamespace');
    if (target === undefined) yield { element: root, message: '<definitions> has no targetNamespace' };
    else if (target.trim() === '')
      yield { element: root, severity: 'warning', message: 'The targetNamespace is empty' };
    for (const [prefix, element] of undeclaredPrefixes(root)) {
      const named =
        prefix === '' ? `<${element.name}> is in no namespace` : `The prefix "${prefix}" is used but not declared`;
      yield { element, message: named, fixable: prefix === '' ? element === root : wellKnownPrefixes.has(prefix) };
    }
  },
};

/** Each undeclared prefix with the first element that uses it; '' stands for elements without any namespace. */
export function undeclaredPrefixes(root: XmlElement): Map<string, XmlElement> {
  const found = new Map<string, XmlElement>();
  for (const element of selfAndDescendants(root)) {
    const used = [element, ...element.attributes.filter(({ prefix }) => prefix !== '' && prefix !== 'xmlns')];
    for (const { prefix, uri } of used) {
      if (uri === undefined && !found.has(prefix)) found.set(prefix, element);
    }
  }
  return found;
}
