import { bpmnChildren } from '../bpmn/engine-view.ts';
import { executedElements, startsProcess } from '../bpmn/execution.ts';
import { indexById, referenced } from '../bpmn/references.ts';
import { holdsExpression, valueForm, variablesOf } from '../expressions/expression-value.ts';
import { attributeValue, directText } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

type Index = ReadonlyMap<string, XmlElement>;
/** By what comes behind them. */
type Gateways = ReadonlyMap<XmlElement, XmlElement>;

interface Subscription {
  readonly event: XmlElement;
  /** The same for two events that wait at the same time in the same place. */
  readonly place: string;
  readonly kind: 'message' | 'signal' | 'condition';
  readonly name: string;
}

const waiting: ReadonlySet<string> = new Set(['startEvent', 'boundaryEvent', 'intermediateCatchEvent']);

export const eventSubscription: DocumentRule = {
  id: 'event-subscription',
  severity: 'error',
  what: 'No two events wait for the same message or signal in the same place; the name of a message or signal that starts a process is a plain text.',
  why: 'The engine could not tell which of them is meant and refuses the model; variables do not exist before a process has started.',
  remedy: 'Let one event wait, and decide behind it by a gateway; or use two messages with different names.',
  fixable: false,
  *check(document): Iterable<Report> {
    const index = indexById(document);
    const gateways = gatewaysBefore(document, index);
    const known = new Set<string>();
    for (const event of executedElements(document, waiting)) {
      for (const subscription of subscriptionsOf(event, index, gateways)) {
        const { place, kind, name } = subscription;
        const key = `${place}\n${kind}\n${name}`;
        if (known.has(key))
          yield {
            element: event,
            message: `Another event in the same place waits for the ${kind} "${name.slice(0, 60)}" too`,
          };
        known.add(key);
        if (
          startsProcess(event) &&
          (kind === 'message' ? holdsExpression(name) : kind === 'signal' && readsVariables(name))
        )
          yield expressionInStart(event, subscription);
      }
    }
  },
};

/** The engine works out the name of a signal when the model is deployed. */
function readsVariables(name: string): boolean {
  const value = valueForm(name);
  return value.form === 'mixed'
    ? /[$#]\{\s*[\p{L}_]/u.test(name)
    : value.form === 'expression' && variablesOf(value.tokens).length > 0;
}

function expressionInStart(element: XmlElement, { kind, name }: Subscription): Report {
  const message = `The start event waits for a ${kind} whose name is an expression, ${name.slice(0, 60)}`;
  return {
    element,
    message,
    remedy: `Give the <${kind}> a plain name: there are no variables before the process has started.`,
  };
}

function subscriptionsOf(event: XmlElement, index: Index, gateways: Gateways): Subscription[] {
  const place = placeOf(event, gateways);
  if (place === undefined) return [];
  const named = (['message', 'signal'] as const).flatMap((kind): Subscription[] =>
    bpmnChildren(event, `${kind}EventDefinition`)
      .slice(0, 1)
      .flatMap((definition) => {
        const target = referenced(index, definition, `${kind}Ref`);
        const name = target === undefined ? undefined : attributeValue(target, 'name');
        return name === undefined ? [] : [{ event, place, kind, name }];
      }),
  );
  return [...named, ...conditionsOf(event, place)];
}

/** Equal conditions exclude each other in the start events of a process only. */
function conditionsOf(event: XmlElement, place: string): Subscription[] {
  if (!startsProcess(event)) return [];
  const conditions = bpmnChildren(event, 'conditionalEventDefinition').flatMap((definition) =>
    bpmnChildren(definition, 'condition'),
  );
  return conditions
    .slice(0, 1)
    .map((condition) => ({ event, place, kind: 'condition', name: directText(condition).trim() }));
}

/** Where the engine keeps the subscription; undefined for an event that waits alone. */
function placeOf(event: XmlElement, gateways: Gateways): string | undefined {
  const scope = event.parent;
  if (scope === undefined) return undefined;
  if (event.localName === 'boundaryEvent') return `at ${attributeValue(event, 'attachedToRef') ?? ''}`;
  if (event.localName === 'startEvent')
    return startsProcess(event) ? `start of ${idOf(scope)}` : `in ${idOf(scope.parent)}`;
  const gateway = gateways.get(event);
  return gateway === undefined ? undefined : `behind ${idOf(gateway)}`;
}

/** The event-based gateway of the same scope that leads to an element: the first one. */
function gatewaysBefore(document: XmlDocument, index: Index): Gateways {
  const gateways = new Map<XmlElement, XmlElement>();
  for (const flow of executedElements(document, new Set(['sequenceFlow']))) {
    const [source, target] = [referenced(index, flow, 'sourceRef'), referenced(index, flow, 'targetRef')];
    if (source?.localName !== 'eventBasedGateway' || target === undefined) continue;
    if (flow.parent === target.parent && !gateways.has(target)) gateways.set(target, source);
  }
  return gateways;
}

function idOf(element: XmlElement | undefined): string {
  return element === undefined ? '' : (attributeValue(element, 'id') ?? '');
}
