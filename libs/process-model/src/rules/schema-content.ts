import { isBpmn, namespaceOf } from '../bpmn/engine-view.ts';
import { schemaAttributes } from '../bpmn/schema-attributes.ts';
import { typeFault } from '../bpmn/schema-types.ts';
import { bpmnNamespace, diagramNamespaces, schemaInstanceNamespace } from '../bpmn/namespaces.ts';
import { splitQualifiedName } from '../xml/qualified-name.ts';
import { childElements, directText, selfAndDescendants } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

/** `xsd:any` stands in these types only. */
const openElements: ReadonlySet<string> = new Set([
  'extensionElements',
  'documentation',
  'text',
  'script',
  'rendering',
  'relationship',
]);

/** Elements with text content: mixed types, references, and the expressions of BPMN. */
const textElements: ReadonlySet<string> = new Set([
  ...openElements,
  'activationCondition',
  'categoryValueRef',
  'completionCondition',
  'condition',
  'conditionExpression',
  'dataInputRefs',
  'dataOutputRefs',
  'dataPath',
  'eventDefinitionRef',
  'expression',
  'flowNodeRef',
  'formalExpression',
  'from',
  'inMessageRef',
  'incoming',
  'innerParticipantRef',
  'interfaceRef',
  'loopCardinality',
  'loopCondition',
  'loopDataInputRef',
  'loopDataOutputRef',
  'messageFlowRef',
  'messagePath',
  'operationRef',
  'outMessageRef',
  'outerParticipantRef',
  'outgoing',
  'participantRef',
  'resourceRef',
  'source',
  'sourceRef',
  'supportedInterfaceRef',
  'supports',
  'target',
  'targetRef',
  'timeCycle',
  'timeDate',
  'timeDuration',
  'to',
  'transformation',
]);

const simpleTypes: ReadonlySet<string> = new Set(['incoming', 'outgoing', 'flowNodeRef', 'text']);
const onlyOnce: ReadonlySet<string> = new Set([
  'extensionElements',
  'conditionExpression',
  'condition',
  'loopCardinality',
  'completionCondition',
  'text',
  'multiInstanceLoopCharacteristics',
  'standardLoopCharacteristics',
  'collaboration',
  'timeDate',
  'timeDuration',
  'timeCycle',
  'ioSpecification',
]);
const expressionTypes: ReadonlySet<string> = new Set(['tExpression', 'tFormalExpression']);

/** What the BPMN reader finds against the schema is reported under this rule too. */
export const schemaContent: DocumentRule = {
  id: 'schema-content',
  severity: 'error',
  what: 'Elements, attributes and text stand only where the BPMN 2.0 schema allows them; extensions stand in <extensionElements>.',
  why: 'The engine validates against the schema and refuses the deployment.',
  remedy: 'Remove what is named, or move it to where it belongs.',
  fixable: false,
  *check({ root }): Iterable<Report> {
    for (const element of selfAndDescendants(root)) {
      if (!isBpmn(element)) continue;
      yield* checkText(element);
      yield* checkAttributes(element);
      yield* checkChildren(element);
    }
  },
};

function* checkText(element: XmlElement): Iterable<Report> {
  if (textElements.has(element.localName) && element.localName !== 'extensionElements') return;
  const text = directText(element).trim();
  if (text !== '')
    yield { element, message: `<${element.name}> contains the text ${JSON.stringify(text.slice(0, 40))}` };
}

function* checkAttributes(element: XmlElement): Iterable<Report> {
  const plain = element.attributes.filter(
    ({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns' && prefix !== 'xml',
  );
  const [first] = simpleTypes.has(element.localName)
    ? plain.filter(({ name }) => !(element.localName === 'text' && name === 'textFormat'))
    : [];
  if (first !== undefined) yield { element, message: `<${element.name}> has the attribute ${first.name}` };
  const known = schemaAttributes(element);
  for (const { name, prefix, value } of plain) {
    if (prefix === '' && known?.has(name) === false)
      yield { element, message: `<${element.name}> has no attribute ${name}` };
    const fault = prefix === '' ? typeFault(element, name, value) : undefined;
    if (fault !== undefined) yield { element, message: `${name}=${JSON.stringify(value.slice(0, 40))} ${fault}` };
  }
  const type = plain.find(({ localName, uri }) => localName === 'type' && uri === schemaInstanceNamespace)?.value;
  if (
    type !== undefined &&
    !(textElements.has(element.localName) && expressionTypes.has(splitQualifiedName(type).localName))
  ) {
    yield { element, message: `<${element.name}> is not of the type ${JSON.stringify(type.slice(0, 40))}` };
  }
}

function* checkChildren(element: XmlElement): Iterable<Report> {
  const children = childElements(element);
  const misplaced = children.find((child) => isMisplaced(element, child));
  if (misplaced !== undefined) yield { element, message: `<${misplaced.name}> may not stand in <${element.name}>` };
  for (const name of onlyOnce) {
    if (children.filter((child) => child.localName === name && isBpmn(child)).length > 1) {
      yield { element, message: `<${element.name}> has more than one <${name}>` };
    }
  }
}

function isMisplaced(parent: XmlElement, child: XmlElement): boolean {
  const uri = namespaceOf(child);
  if (parent.localName === 'extensionElements') return uri === bpmnNamespace;
  if (openElements.has(parent.localName) || uri === bpmnNamespace) return false;
  return !(parent.localName === 'definitions' && diagramNamespaces.has(uri ?? ''));
}
