import { isBpmn, isDiagram, typeName } from './bpmn/engine-view.ts';
import { flowNodeNames } from './bpmn/vocabulary.ts';
import { holdsExpression } from './expressions/expression-value.ts';
import { readDocument } from './read-bpmn.ts';
import { attributeValue, childElements, directText } from './xml/xml-tree.ts';
import type { XmlElement } from './xml/xml-tree.ts';

/** Something that the engine evaluates, and where it stands. */
export interface PlacedExpression {
  /** Name of the attribute or XML element that holds it, for example `collection` or `timeDuration`. */
  readonly place: string;
  /** As written, without the space around it. */
  readonly text: string;
}

/** A flow node, as somebody needs to know it who tells a person what failed there. */
export interface DescribedElement {
  readonly id: string;
  readonly name: string | undefined;
  /** Type of the BPMN meta-model, for example `bpmn:ServiceTask`. */
  readonly type: string;
  readonly processKey: string;
  readonly expressions: readonly PlacedExpression[];
  /** Key of the process that it calls, or an expression for it. */
  readonly calledElement: string | undefined;
  /** Elements behind its sequence flows, and its boundary events. */
  readonly next: readonly string[];
}

/** Where a timer says how long or until when, whether as an expression or not. */
const timerPlaces: ReadonlySet<string> = new Set(['timeDuration', 'timeDate', 'timeCycle']);

/** What one element adds to others: the condition of a flow belongs to the node that the flow leaves. */
interface Link {
  readonly from: string;
  readonly to: string;
  readonly conditions: readonly PlacedExpression[];
}

/**
 * The flow nodes of a model by id, those of sub-processes included.
 *
 * @throws an error for which `isProcessModelError` is true: refused or not well-formed
 */
export function describeElements(xml: string): ReadonlyMap<string, DescribedElement> {
  const nodes: DescribedElement[] = [];
  const links: Link[] = [];
  const visit = (parent: XmlElement, processKey: string): void => {
    for (const element of childElements(parent)) {
      if (isDiagram(element)) continue;
      const key =
        isBpmn(element) && element.localName === 'process' ? (attributeValue(element, 'id') ?? '') : processKey;
      if (isFlowNode(element)) nodes.push(described(element, key));
      links.push(...linkOf(element));
      visit(element, key);
    }
  };
  visit(readDocument(xml).root, '');
  const leaving = Map.groupBy(links, ({ from }) => from);
  return new Map(nodes.map((node) => [node.id, joined(node, leaving.get(node.id) ?? [])]));
}

function isFlowNode(element: XmlElement): boolean {
  return isBpmn(element) && flowNodeNames.has(element.localName);
}

function described(element: XmlElement, processKey: string): DescribedElement {
  return {
    id: attributeValue(element, 'id') ?? '',
    name: attributeValue(element, 'name'),
    type: typeName(element),
    processKey,
    expressions: expressionsOf(element),
    calledElement: attributeValue(element, 'calledElement'),
    next: [],
  };
}

function joined(node: DescribedElement, leaving: readonly Link[]): DescribedElement {
  return {
    ...node,
    expressions: [...node.expressions, ...leaving.flatMap(({ conditions }) => conditions)],
    next: leaving.map(({ to }) => to),
  };
}

function linkOf(element: XmlElement): Link[] {
  if (!isBpmn(element)) return [];
  if (element.localName === 'sequenceFlow') {
    return [
      {
        from: attributeValue(element, 'sourceRef') ?? '',
        to: attributeValue(element, 'targetRef') ?? '',
        conditions: expressionsOf(element),
      },
    ];
  }
  const host = attributeValue(element, 'attachedToRef');
  return host === undefined ? [] : [{ from: host, to: attributeValue(element, 'id') ?? '', conditions: [] }];
}

/** Those of the element itself and of what describes it; a sub-process does not own those of its steps. */
function expressionsOf(element: XmlElement): PlacedExpression[] {
  const own = [
    ...element.attributes.map(({ localName, value }) => ({ place: localName, text: value.trim() })),
    { place: element.localName, text: directText(element).trim() },
  ].filter(({ place, text }) => holdsExpression(text) || (timerPlaces.has(place) && text !== ''));
  const below = childElements(element).filter((child) => !isFlowNode(child) && child.localName !== 'sequenceFlow');
  return [...own, ...below.flatMap(expressionsOf)];
}
