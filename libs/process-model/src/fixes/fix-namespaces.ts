import { bpmnNamespace, wellKnownPrefixes } from '../bpmn/namespaces.ts';
import { undeclaredPrefixes } from '../rules/namespaces.ts';
import { attributeValue } from '../xml/xml-tree.ts';
import { setAttribute } from '../xml/edit-xml.ts';
import type { AppliedFix } from './fix.ts';
import type { XmlDocument } from '../xml/xml-tree.ts';

/** Only a name, nothing is loaded from it. */
const defaultTargetNamespace = 'http://procos.org/bpmn';

export function fixNamespaces({ root }: XmlDocument): AppliedFix[] {
  const applied: AppliedFix[] = [];
  const declare = (name: string, value: string): void => {
    setAttribute(root, name, value);
    applied.push({
      rule: 'namespaces',
      elementId: attributeValue(root, 'id') ?? '',
      description: `added ${name}="${value}" to <${root.name}>`,
    });
  };
  for (const [prefix, element] of undeclaredPrefixes(root)) {
    const uri = prefix === '' && element === root ? bpmnNamespace : wellKnownPrefixes.get(prefix);
    if (uri !== undefined) declare(prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri);
  }
  if ((attributeValue(root, 'targetNamespace') ?? '').trim() === '') declare('targetNamespace', defaultTargetNamespace);
  return applied;
}
