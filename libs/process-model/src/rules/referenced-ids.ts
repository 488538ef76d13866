import { bpmnChildren } from '../bpmn/engine-view.ts';
import { bpmnElements, indexById, referenced, resolve } from '../bpmn/references.ts';
import { validReference } from '../bpmn/valid-id.ts';
import { activityNames, eventDefinitionNames, eventNames, flowNodeNames, gatewayNames } from '../bpmn/vocabulary.ts';
import { attributeValue, childElements, directText } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

type Index = ReadonlyMap<string, XmlElement>;

interface ReferenceAttribute {
  readonly attribute: string;
  readonly on: ReadonlySet<string>;
  /** Local names of possible targets. @default any element */
  readonly to?: ReadonlySet<string>;
  readonly required?: boolean;
  /** Events around the definition to which this applies. @default all */
  readonly within?: ReadonlySet<string>;
  /** What the engine does with a reference that leads nowhere. @default it refuses the model */
  readonly tolerated?: string;
  /** What the engine does with a target of another kind, where it takes one of these. @default it refuses the model */
  readonly otherwise?: { readonly to: ReadonlySet<string>; readonly remedy: string };
  /** The engine looks for the target beside the element, not in other scopes. */
  readonly sameScope?: boolean;
}

const sequenceFlow = new Set(['sequenceFlow']);
const catching = new Set(['startEvent', 'intermediateCatchEvent', 'boundaryEvent']);
const throwing = new Set(['intermediateThrowEvent', 'endEvent']);
const unread = 'The engine does not look at it: what is sent is up to the worker. Correct the reference, or remove it.';
const references: readonly ReferenceAttribute[] = [
  { attribute: 'sourceRef', on: sequenceFlow, to: flowNodeNames, required: true, sameScope: true },
  { attribute: 'targetRef', on: sequenceFlow, to: flowNodeNames, required: true, sameScope: true },
  {
    attribute: 'attachedToRef',
    on: new Set(['boundaryEvent']),
    to: activityNames,
    otherwise: {
      to: new Set([...gatewayNames, ...eventNames]),
      remedy: 'The engine takes it, and the event hardly ever happens there. Attach it to a task or a sub-process.',
    },
    required: true,
    sameScope: true,
  },
  { attribute: 'default', on: flowNodeNames, to: sequenceFlow, sameScope: true },
  { attribute: 'messageRef', on: new Set(['messageEventDefinition']), within: catching, to: new Set(['message']) },
  { attribute: 'messageRef', on: new Set(['receiveTask']), to: new Set(['message']) },
  {
    attribute: 'messageRef',
    on: new Set(['messageEventDefinition']),
    within: throwing,
    to: new Set(['message']),
    tolerated: unread,
  },
  { attribute: 'messageRef', on: new Set(['sendTask']), to: new Set(['message']), tolerated: unread },
  { attribute: 'signalRef', on: new Set(['signalEventDefinition']), to: new Set(['signal']), required: true },
  {
    attribute: 'errorRef',
    on: new Set(['errorEventDefinition']),
    to: new Set(['error']),
    tolerated:
      'The engine takes the text itself for the error code. Add an <error> with that code, or correct the reference.',
  },
  { attribute: 'escalationRef', on: new Set(['escalationEventDefinition']), to: new Set(['escalation']) },
  {
    attribute: 'processRef',
    on: new Set(['participant']),
    to: new Set(['process']),
    tolerated: 'The pool stays empty. Name the process that it shows.',
  },
  { attribute: 'sourceRef', on: new Set(['association', 'messageFlow']), required: true },
  { attribute: 'targetRef', on: new Set(['association', 'messageFlow']), required: true },
];

export const referencedIds: DocumentRule = {
  id: 'referenced-ids',
  severity: 'error',
  what: 'Whatever an element refers to exists: source and target of a flow, the host of a boundary event, messages, signals, errors.',
  why: 'The engine refuses a flow, event or message that points to nothing.',
  remedy: 'Correct the reference, or add the element that is missing.',
  fixable: false,
  *check(document): Iterable<Report> {
    const index = indexById(document);
    for (const reference of references) {
      for (const element of bpmnElements(document, reference.on)) yield* checkReference(element, reference, index);
    }
    yield* checkListedFlows(document, index);
  },
};

const oneIsRead = 'The engine reads one of the triggers of an event only. Correct the reference, or remove it.';

/** Whether an event has this trigger and another one: which of them the engine reads depends on their kinds. */
function isOneOfSeveral({ localName, parent }: XmlElement): boolean {
  if (!eventDefinitionNames.has(localName) || parent === undefined) return false;
  return childElements(parent).filter((child) => eventDefinitionNames.has(child.localName)).length > 1;
}

function* checkReference(element: XmlElement, reference: ReferenceAttribute, index: Index): Iterable<Report> {
  const { attribute, to, required, sameScope, tolerated } = reference;
  if (reference.within?.has(element.parent?.localName ?? '') === false) return;
  const value = attributeValue(element, attribute);
  if (value === undefined) {
    if (required === true) yield { element, message: `<${element.name}> has no ${attribute}` };
    return;
  }
  const target = resolve(index, value);
  const isOther = target !== undefined && to?.has(target.localName) === false;
  const taken = isOther && target.parent === element.parent && reference.otherwise?.to.has(target.localName) === true;
  if (target === undefined || isOther) {
    const message = isOther
      ? `${attribute} names a <${target.name}>`
      : `${attribute} names "${value.slice(0, 60)}", which does not exist`;
    const remedy = taken ? reference.otherwise?.remedy : isOneOfSeveral(element) ? oneIsRead : tolerated;
    yield remedy === undefined ? { element, message } : { element, message, severity: 'warning', remedy };
  } else if (sameScope === true && target.parent !== element.parent) {
    yield {
      element,
      message: `${attribute} names "${value.slice(0, 60)}", which lies in another sub-process or process`,
    };
  }
}

/** `<incoming>` and `<outgoing>` only repeat what the flows say; other tools trust them, so they must agree. */
function* checkListedFlows(document: XmlDocument, index: Index): Iterable<Report> {
  for (const node of bpmnElements(document, flowNodeNames)) {
    for (const [list, end] of [
      ['incoming', 'targetRef'],
      ['outgoing', 'sourceRef'],
    ] as const) {
      const wrong = bpmnChildren(node, list).find((listed) => !flowEndsAt(index, directText(listed), end, node));
      if (wrong === undefined) continue;
      const listed = directText(wrong).trim();
      yield {
        element: node,
        severity: validReference.test(listed) ? 'warning' : 'error',
        fixable: true,
        message: `<${list}> lists "${listed.slice(0, 60)}", which is no ${list} flow of this element`,
      };
    }
  }
}

function flowEndsAt(index: Index, flowId: string, end: 'sourceRef' | 'targetRef', node: XmlElement): boolean {
  const flow = resolve(index, flowId);
  if (flow?.localName !== 'sequenceFlow') return false;
  return referenced(index, flow, end) === node;
}
