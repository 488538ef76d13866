import { messageOf } from '@procos/errors';
import { BpmnModdle } from 'bpmn-moddle';
import camundaDescriptor from 'camunda-bpmn-moddle/resources/camunda.json' with { type: 'json' };
import { bpmnNamespace } from './bpmn/namespaces.ts';
import { isProcessModelError, processModelErrors } from './errors.ts';
import { readerSentence } from './moddle-sentences.ts';
import { closeAttributeSpacing } from './xml/attribute-spacing.ts';
import { parseXml } from './xml/parse-xml.ts';
import type { ModdleElement, ModdleWarning } from 'bpmn-moddle';
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

/** Whether the safe intake would take this text. */
export function isAccepted(xml: string): boolean {
  try {
    readDocument(xml);
    return true;
  } catch (error) {
    if (isProcessModelError(error)) return false;
    throw error;
  }
}

/** Something the reader did not understand and dropped. */
export interface ReadWarning {
  readonly message: string;
  readonly elementId: string;
  /** Whether the schema of BPMN forbids it; other things, such as unknown extensions, the engine ignores too. */
  readonly breaksSchema: boolean;
}

export interface BpmnModel {
  readonly definitions: ModdleElement;
  readonly warnings: readonly ReadWarning[];
}

/** Makes the BPMN model of an XML text that {@link readDocument} has accepted. */
export async function readBpmn(xml: string): Promise<BpmnModel> {
  try {
    const { rootElement, warnings } = await new BpmnModdle({ camunda: camundaDescriptor }).fromXML(
      closeAttributeSpacing(xml),
    );
    return { definitions: rootElement, warnings: warnings.map(readWarning) };
  } catch (error) {
    throw processModelErrors.PROCOS_MODEL_UNREADABLE({ reason: shortened(messageOf(error)) }, error);
  }
}

function readWarning({ message, element }: ModdleWarning): ReadWarning {
  return {
    message: shortened(message),
    elementId: element?.id ?? '',
    breaksSchema: readerSentence(message).breaksSchema,
  };
}

/** The reader puts the place and the nested error on lines of their own; the nested error is the reason. */
function shortened(message: string): string {
  const { first, reason } = readerSentence(message);
  return (reason === undefined ? first : `${first} (${reason})`).slice(0, 200);
}
