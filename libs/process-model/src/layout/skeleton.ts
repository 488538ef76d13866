import { bpmnNamespace, boundsNamespace, diagramNamespace } from '../bpmn/namespaces.ts';
import { isBpmn } from '../bpmn/engine-view.ts';
import { flowNodeNames, subProcessNames } from '../bpmn/vocabulary.ts';
import { attributeValue, childElements } from '../xml/xml-tree.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

export interface Skeleton {
  readonly xml: string;
  /** Element of the model by its id in the skeleton. */
  readonly elements: ReadonlyMap<string, XmlElement>;
}

/**
 * A copy of one process with nothing but its graph, under ids of its own. The layouter sees no extensions, no texts
 * and no dangling references, and finds `<incoming>` and `<outgoing>` complete, which it needs and models may omit.
 */
export function skeletonOf(process: XmlElement): Skeleton {
  const elements = new Map<string, XmlElement>([['process', process]]);
  const expanded: string[] = [];
  const body = scopeXml(process, elements, expanded);
  const shapes = expanded.map((id) => `<di:BPMNShape id="${id}_s" bpmnElement="${id}" isExpanded="true"><dc:Bounds x="0" y="0" width="1" height="1"/></di:BPMNShape>`);
  const xml = `<definitions xmlns="${bpmnNamespace}" xmlns:di="${diagramNamespace}" xmlns:dc="${boundsNamespace}" targetNamespace="layout">
<process id="process">${body}</process>
<di:BPMNDiagram id="diagram"><di:BPMNPlane id="plane" bpmnElement="process">${shapes.join('')}</di:BPMNPlane></di:BPMNDiagram></definitions>`;
  return { xml, elements };
}

interface Flow {
  readonly id: string;
  readonly source: string;
  readonly target: string;
}

function scopeXml(scope: XmlElement, elements: Map<string, XmlElement>, expanded: string[]): string {
  const ids = nodeIds(scope, elements);
  const flows = flowsOf(scope, ids, elements);
  const nodes = Array.from(ids.values(), ({ id, element }) => {
    const host = element.localName === 'boundaryEvent' ? ids.get(attributeValue(element, 'attachedToRef') ?? '')?.id : undefined;
    return nodeXml(id, element, host, flows, elements, expanded);
  });
  const lines = flows.map(({ id, source, target }) => `<sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}"/>`);
  return [...nodes, ...lines].join('\n');
}

/** The flow nodes of one scope by their id in the model; a boundary event only where its host is there too. */
function nodeIds(scope: XmlElement, elements: Map<string, XmlElement>): Map<string, { id: string; element: XmlElement }> {
  const nodes = childElements(scope).filter((child) => isBpmn(child) && flowNodeNames.has(child.localName));
  const modelIds = new Set(nodes.map((node) => attributeValue(node, 'id')));
  const ids = new Map<string, { id: string; element: XmlElement }>();
  for (const element of nodes) {
    if (element.localName === 'boundaryEvent' && !modelIds.has(attributeValue(element, 'attachedToRef'))) continue;
    const id = `n${elements.size}`;
    elements.set(id, element);
    ids.set(attributeValue(element, 'id') ?? id, { id, element });
  }
  return ids;
}

function flowsOf(scope: XmlElement, ids: ReadonlyMap<string, { id: string }>, elements: Map<string, XmlElement>): Flow[] {
  return childElements(scope).flatMap((element) => {
    if (!isBpmn(element) || element.localName !== 'sequenceFlow') return [];
    const source = ids.get(attributeValue(element, 'sourceRef') ?? '')?.id;
    const target = ids.get(attributeValue(element, 'targetRef') ?? '')?.id;
    if (source === undefined || target === undefined) return [];
    const id = `f${elements.size}`;
    elements.set(id, element);
    return [{ id, source, target }];
  });
}

function nodeXml(
  id: string,
  element: XmlElement,
  host: string | undefined,
  flows: readonly Flow[],
  elements: Map<string, XmlElement>,
  expanded: string[],
): string {
  const incoming = flows.filter(({ target }) => target === id).map((flow) => `<incoming>${flow.id}</incoming>`);
  const outgoing = flows.filter(({ source }) => source === id).map((flow) => `<outgoing>${flow.id}</outgoing>`);
  const isSubProcess = subProcessNames.has(element.localName);
  if (isSubProcess) expanded.push(id);
  const content = isSubProcess ? scopeXml(element, elements, expanded) : '';
  const attached = host === undefined ? '' : ` attachedToRef="${host}"`;
  return `<${element.localName} id="${id}"${attached}>${incoming.join('')}${outgoing.join('')}${content}</${element.localName}>`;
}
