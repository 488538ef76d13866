import { camundaNamespace, extensionNamespaces } from '../bpmn/namespaces.ts';
import { ensureNamespace } from '../xml/edit-xml.ts';
import type { XmlDocument } from '../xml/xml-tree.ts';

/** The prefix the document already uses for extensions of the engine; `camunda`, declared now, when it uses none. */
export function extensionPrefix(document: XmlDocument): { readonly prefix: string; readonly uri: string } {
  const declared = document.root.attributes.find(
    ({ prefix, value }) => prefix === 'xmlns' && extensionNamespaces.has(value),
  );
  if (declared !== undefined) return { prefix: declared.localName, uri: declared.value };
  return { prefix: ensureNamespace(document, camundaNamespace, 'camunda'), uri: camundaNamespace };
}
