import type { XmlElement } from '../xml/xml-tree.ts';

/**
 * `Semantic.xsd`: the attributes of BPMN whose type is more than a text, by name; `element@attribute` where the same name
 * is of another type elsewhere. The engine validates each of them, in every process.
 */
const booleans = [
  'cancelActivity',
  'cancelRemainingInstances',
  'instantiate',
  'isClosed',
  'isCollection',
  'isExecutable',
  'isForCompensation',
  'isImmediate',
  'isInterrupting',
  'isRequired',
  'isSequential',
  'isUnlimited',
  'mustUnderstand',
  'parallelMultiple',
  'testBefore',
  'triggeredByEvent',
  'waitForCompletion',
];
const integers = ['capacity', 'completionQuantity', 'loopMaximum', 'maximum', 'minimum', 'startQuantity'];
const enumerations: Readonly<Record<string, readonly string[]>> = {
  'adHocSubProcess@ordering': ['Parallel', 'Sequential'],
  'association@associationDirection': ['None', 'One', 'Both'],
  'choreographyTask@loopType': ['None', 'Standard', 'MultiInstanceSequential', 'MultiInstanceParallel'],
  'eventBasedGateway@eventGatewayType': ['Exclusive', 'Parallel'],
  gatewayDirection: ['Unspecified', 'Converging', 'Diverging', 'Mixed'],
  'itemDefinition@itemKind': ['Information', 'Physical'],
  'multiInstanceLoopCharacteristics@behavior': ['None', 'One', 'All', 'Complex'],
  'process@processType': ['None', 'Public', 'Private'],
  'relationship@direction': ['None', 'Forward', 'Backward', 'Both'],
};
const names = [
  'activityRef',
  'attachedToRef',
  'calledChoreographyRef',
  'calledCollaborationRef',
  'categoryValueRef',
  'correlationKeyRef',
  'correlationPropertyRef',
  'dataStoreRef',
  'definitionalCollaborationRef',
  'errorRef',
  'escalationRef',
  'evaluatesToTypeRef',
  'implementationRef',
  'initiatingParticipantRef',
  'innerConversationNodeRef',
  'innerMessageFlowRef',
  'itemRef',
  'itemSubjectRef',
  'messageRef',
  'noneBehaviorEventRef',
  'oneBehaviorEventRef',
  'operationRef',
  'outerConversationNodeRef',
  'outerMessageFlowRef',
  'parameterRef',
  'partitionElementRef',
  'processRef',
  'signalRef',
  'structureRef',
  'association@sourceRef',
  'association@targetRef',
  'conversationLink@sourceRef',
  'conversationLink@targetRef',
  'correlationProperty@type',
  'extension@definition',
  'messageFlow@sourceRef',
  'messageFlow@targetRef',
  'resourceParameter@type',
];
/** Elements whose text is of the type `xsd:QName`. */
const nameElements: ReadonlySet<string> = new Set([
  'categoryValueRef',
  'choreographyRef',
  'correlationPropertyRef',
  'endPointRef',
  'errorRef',
  'eventDefinitionRef',
  'inMessageRef',
  'innerParticipantRef',
  'interfaceRef',
  'loopDataInputRef',
  'loopDataOutputRef',
  'messageFlowRef',
  'operationRef',
  'outMessageRef',
  'outerParticipantRef',
  'participantRef',
  'resourceRef',
  'source',
  'supportedInterfaceRef',
  'supports',
  'target',
]);

type Check = (value: string) => string | undefined;

const toBoolean: Check = (value) =>
  /^(?:true|false|[01])$/.test(value.trim()) ? undefined : 'is neither true nor false';
const toInteger: Check = (value) => (/^[+-]?\d+$/.test(value.trim()) ? undefined : 'is no whole number');
const toOneOf =
  (allowed: readonly string[]): Check =>
  (value) =>
    allowed.includes(value) ? undefined : `is none of ${allowed.join(', ')}`;

const checks: ReadonlyMap<string, Check> = new Map([
  ...booleans.map((key) => [key, toBoolean] as const),
  ...integers.map((key) => [key, toInteger] as const),
  ...Object.entries(enumerations).map(([key, allowed]) => [key, toOneOf(allowed)] as const),
]);
const nameKeys: ReadonlySet<string> = new Set(names);

/** What is wrong with the value of an attribute without prefix, by its type; references are asked for by {@link isName}. */
export function typeFault({ localName }: XmlElement, attribute: string, value: string): string | undefined {
  return (checks.get(`${localName}@${attribute}`) ?? checks.get(attribute))?.(value);
}

/** Whether an attribute without prefix is of the type `xsd:QName`: it names an element, which need not exist. */
export function isName({ localName }: XmlElement, attribute: string): boolean {
  return nameKeys.has(attribute) || nameKeys.has(`${localName}@${attribute}`);
}

/** Whether the text of an element is of that type; `<incoming>` and `<outgoing>` are, too, and have a rule that knows more. */
export function holdsName({ localName }: XmlElement): boolean {
  return nameElements.has(localName);
}
