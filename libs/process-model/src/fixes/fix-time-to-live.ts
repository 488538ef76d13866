import { bpmnChildren, extensionAttribute } from '../bpmn/engine-view.ts';
import { attributeValue } from '../xml/xml-tree.ts';
import { setAttribute } from '../xml/edit-xml.ts';
import { extensionPrefix } from './extension-prefix.ts';
import type { AppliedFix } from './fix.ts';
import type { XmlDocument } from '../xml/xml-tree.ts';

/** Long enough to look into what happened last month, short enough for a small database. */
const defaultTimeToLive = 'P30D';

export function fixTimeToLive(document: XmlDocument): AppliedFix[] {
  return bpmnChildren(document.root, 'process').flatMap((process) => {
    const existing = extensionAttribute(process, 'historyTimeToLive');
    if (attributeValue(process, 'isExecutable') !== 'true' || (existing?.value.trim() ?? '') !== '') return [];
    const { prefix, uri } = extensionPrefix(document);
    setAttribute(process, existing?.name ?? `${prefix}:historyTimeToLive`, defaultTimeToLive, uri);
    const elementId = attributeValue(process, 'id') ?? '';
    return [{ rule: 'history-time-to-live', elementId, description: `set historyTimeToLive="${defaultTimeToLive}"` }];
  });
}
