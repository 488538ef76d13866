import { isBpmn, namespaceOf } from './engine-view.ts';
import { artifactNames, eventDefinitionNames, flowElementNames } from './vocabulary.ts';
import { diagramNamespace } from './namespaces.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

/** Marks the place of every member of a substitution group. */
const FLOW = '*flowElement';
const ARTIFACT = '*artifact';
const EVENT_DEFINITION = '*eventDefinition';
const RESOURCE_ROLE = '*resourceRole';
const LOOP = '*loopCharacteristics';
const ROOT = '*rootElement';
const DIAGRAM = '*diagram';

const base = ['documentation', 'extensionElements'];
const resourceRoles = new Set(['resourceRole', 'performer', 'humanPerformer', 'potentialOwner']);
const loops = new Set(['standardLoopCharacteristics', 'multiInstanceLoopCharacteristics']);

/** The sequences of `Semantic.xsd` and `BPMN20.xsd`; the engine validates a model against them before it parses it. */
const sequences: Readonly<Record<string, readonly string[]>> = {
  definitions: ['import', 'extension', ROOT, DIAGRAM, 'relationship'],
  process: [
    ...base,
    'supportedInterfaceRef',
    'ioSpecification',
    'ioBinding',
    'auditing',
    'monitoring',
    'property',
    'laneSet',
    FLOW,
    ARTIFACT,
    RESOURCE_ROLE,
    'correlationSubscription',
    'supports',
  ],
  collaboration: [
    ...base,
    'participant',
    'messageFlow',
    ARTIFACT,
    'conversationNode',
    'conversationAssociation',
    'participantAssociation',
    'messageFlowAssociation',
    'correlationKey',
    'choreographyRef',
    'conversationLink',
  ],
  lane: [...base, 'partitionElement', 'flowNodeRef', 'childLaneSet'],
  multiInstanceLoopCharacteristics: [
    ...base,
    'loopCardinality',
    'loopDataInputRef',
    'loopDataOutputRef',
    'inputDataItem',
    'outputDataItem',
    'complexBehaviorDefinition',
    'completionCondition',
  ],
};

/** Every other element: flow nodes, flows, events, and what has only documentation and extensions. */
const flowNodeSequence = [
  ...base,
  'auditing',
  'monitoring',
  'categoryValueRef',
  'incoming',
  'outgoing',
  'ioSpecification',
  'property',
  'dataInput',
  'dataOutput',
  'dataInputAssociation',
  'dataOutputAssociation',
  'inputSet',
  'outputSet',
  RESOURCE_ROLE,
  LOOP,
  'laneSet',
  FLOW,
  ARTIFACT,
  EVENT_DEFINITION,
  'eventDefinitionRef',
  'conditionExpression',
  'completionCondition',
  'rendering',
  'script',
];

/** Where the child belongs among its siblings, or undefined when the schema leaves its place open. */
export function childRank(parent: XmlElement, child: XmlElement): number | undefined {
  if (!isBpmn(parent)) return undefined;
  const rank = (sequences[parent.localName] ?? flowNodeSequence).indexOf(placeOf(parent, child));
  return rank === -1 ? undefined : rank;
}

function placeOf(parent: XmlElement, child: XmlElement): string {
  const name = child.localName;
  if (namespaceOf(child) === diagramNamespace) return DIAGRAM;
  if (!isBpmn(child)) return '';
  if (parent.localName === 'definitions') return ['import', 'extension', 'relationship'].includes(name) ? name : ROOT;
  if (flowElementNames.has(name)) return FLOW;
  if (artifactNames.has(name)) return ARTIFACT;
  if (eventDefinitionNames.has(name)) return EVENT_DEFINITION;
  if (resourceRoles.has(name)) return RESOURCE_ROLE;
  return loops.has(name) ? LOOP : name;
}
