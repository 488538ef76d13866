import { isBpmn } from '../bpmn/engine-view.ts';
import { flowNodeNames } from '../bpmn/vocabulary.ts';
import { attributeValue, childElements } from '../xml/xml-tree.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

/** A sequence flow between two steps of one scope. */
export interface Arrow {
  readonly flow: XmlElement;
  /** The step it leaves: a flow node, or the host of the boundary event it leaves. */
  readonly source: XmlElement;
  readonly target: XmlElement;
  /** The boundary event it leaves. */
  readonly boundary: XmlElement | undefined;
}

/** Steps that are connected with each other, in document order. */
export interface Component {
  readonly steps: readonly XmlElement[];
  readonly arrows: readonly Arrow[];
}

export interface ScopeGraph {
  readonly components: readonly Component[];
  /** Boundary events of each host, in document order. */
  readonly boundaries: ReadonlyMap<XmlElement, readonly XmlElement[]>;
}

/**
 * The graph of one process or sub-process; what refers to nothing in it is left out.
 *
 * @param only the steps to look at. @default all
 */
export function scopeGraph(scope: XmlElement, only?: ReadonlySet<XmlElement>): ScopeGraph {
  const children = childElements(scope).filter(isBpmn);
  const nodes = children.filter(({ localName }) => flowNodeNames.has(localName));
  const byId = new Map(nodes.toReversed().map((node) => [attributeValue(node, 'id') ?? '', node]));
  const referenced = (element: XmlElement, attribute: string): XmlElement | undefined =>
    byId.get(attributeValue(element, attribute) ?? '');
  const hosts = new Map<XmlElement, XmlElement>();
  for (const node of nodes) {
    const host = node.localName === 'boundaryEvent' ? referenced(node, 'attachedToRef') : undefined;
    if (host !== undefined && host.localName !== 'boundaryEvent') hosts.set(node, host);
  }
  const arrows = children.flatMap((flow): Arrow[] => {
    const [from, to] =
      flow.localName === 'sequenceFlow' ? [referenced(flow, 'sourceRef'), referenced(flow, 'targetRef')] : [];
    if (from === undefined || to === undefined) return [];
    const host = hosts.get(from);
    return [
      { flow, source: host ?? from, target: hosts.get(to) ?? to, boundary: host === undefined ? undefined : from },
    ];
  });
  const steps = nodes.filter((node) => node.localName !== 'boundaryEvent' && only?.has(node) !== false);
  const known = new Set(steps);
  return {
    components: connectedComponents(
      steps,
      arrows.filter(({ source, target }) => known.has(source) && known.has(target)),
    ),
    boundaries: Map.groupBy(hosts.keys(), (event) => hosts.get(event) ?? event),
  };
}

function connectedComponents(steps: readonly XmlElement[], arrows: readonly Arrow[]): Component[] {
  const neighbours = new Map<XmlElement, XmlElement[]>(steps.map((step) => [step, []]));
  for (const { source, target } of arrows) {
    neighbours.get(source)?.push(target);
    neighbours.get(target)?.push(source);
  }
  const component = new Map<XmlElement, XmlElement>();
  for (const first of steps) {
    const open = component.has(first) ? [] : [first];
    for (let step = open.pop(); step !== undefined; step = open.pop()) {
      component.set(step, first);
      open.push(...(neighbours.get(step) ?? []).filter((neighbour) => !component.has(neighbour)));
    }
  }
  const members = Map.groupBy(steps, (step) => component.get(step) ?? step);
  const links = Map.groupBy(arrows, ({ source }) => component.get(source) ?? source);
  return Array.from(members, ([first, group]) => ({ steps: group, arrows: links.get(first) ?? [] }));
}
