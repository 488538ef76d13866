import { bpmnElements } from './bpmn/references.ts';
import { extensionAttribute, typeName } from './bpmn/engine-view.ts';
import { isProcessModelError } from './errors.ts';
import { readDocument } from './read-bpmn.ts';
import { attributeValue, type XmlDocument, type XmlElement, type XmlPosition } from './xml/xml-tree.ts';

/** A process, decision or form that an element asks for by its key. */
export interface DefinitionReference extends Partial<XmlPosition> {
  readonly kind: 'process' | 'decision' | 'form';
  readonly key: string;
  readonly elementId: string;
  readonly elementType: string;
  /** Whether it has to be deployed together with the model. */
  readonly ofDeployment: boolean;
}

export interface ReferencedDefinitions {
  /** Keys of the processes that the model holds itself. */
  readonly processes: readonly string[];
  readonly references: readonly DefinitionReference[];
}

const attributes = [
  { kind: 'process', on: ['callActivity'], name: 'calledElement', binding: 'calledElementBinding' },
  { kind: 'decision', on: ['businessRuleTask'], name: 'decisionRef', binding: 'decisionRefBinding' },
  { kind: 'form', on: ['userTask', 'startEvent'], name: 'formRef', binding: 'formRefBinding' },
] as const;

/** What a model asks other definitions for, by fixed keys; expressions are known to instances alone. Empty for a text that cannot be read. */
export function referencedDefinitions(xml: string): ReferencedDefinitions {
  try {
    const document = readDocument(xml);
    const processes = Array.from(bpmnElements(document, new Set(['process'])), (element) => attributeValue(element, 'id') ?? '');
    return { processes, references: attributes.flatMap((attribute) => referencesBy(document, attribute)) };
  } catch (error) {
    if (!isProcessModelError(error)) throw error;
    return { processes: [], references: [] };
  }
}

function referencesBy(document: XmlDocument, { kind, on, name, binding }: (typeof attributes)[number]): DefinitionReference[] {
  return Array.from(bpmnElements(document, new Set(on))).flatMap((element) => {
    const key = (name === 'calledElement' ? attributeValue(element, name) : extensionAttribute(element, name)?.value)?.trim() ?? '';
    if (key === '' || /[$#]\{/.test(key)) return [];
    return [{ kind, key, ...described(element), ofDeployment: extensionAttribute(element, binding)?.value === 'deployment' }];
  });
}

function described(element: XmlElement): Pick<DefinitionReference, 'elementId' | 'elementType' | 'line' | 'column'> {
  return { elementId: attributeValue(element, 'id') ?? '', elementType: typeName(element), ...element.position };
}
