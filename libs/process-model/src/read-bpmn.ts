import { messageOf } from '@procos/errors';
import { BpmnModdle } from 'bpmn-moddle';
import camundaDescriptor from 'camunda-bpmn-moddle/resources/camunda.json' with { type: 'json' };
import { bpmnNamespace } from './bpmn/namespaces.ts';
import { processModelErrors } from './errors.ts';
import { parseXml } from './xml/parse-xml.ts';
import type { ModdleElement } from 'bpmn-moddle';
import type { XmlDocument } from './xml/xml-tree.ts';

/** The safe intake, and the check that the root is BPMN at all. */
export function readDocument(xml: string): XmlDocument {
  const document = parseXml(xml);
  const { root } = document;
  if (root.localName !== 'definitions' || (root.uri !== undefined && root.uri !== bpmnNamespace)) {
    throw processModelErrors.PROCOS_MODEL_NOT_BPMN({ root: root.name.slice(0, 60) });
  }
  return document;
}

export interface BpmnModel {
  readonly definitions: ModdleElement;
  /** What the reader did not understand and dropped. */
  readonly warnings: readonly string[];
}

/** Makes the BPMN model of an XML text that {@link readDocument} has accepted. */
export async function readBpmn(xml: string): Promise<BpmnModel> {
  try {
    const { rootElement, warnings } = await new BpmnModdle({ camunda: camundaDescriptor }).fromXML(xml);
    return { definitions: rootElement, warnings: warnings.map(({ message }) => firstLine(message)) };
  } catch (error) {
    throw processModelErrors.PROCOS_MODEL_UNREADABLE({ reason: firstLine(messageOf(error)) }, error);
  }
}

/** The reader puts the place and the nested error on lines of their own. */
function firstLine(message: string): string {
  return (message.split('\n', 1)[0] ?? '').slice(0, 200);
}
