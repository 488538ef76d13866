import { bpmnChildren } from '../bpmn/engine-view.ts';
import { attributeValue } from '../xml/xml-tree.ts';
import { boundsOf, merged, moved } from './placement.ts';
import type { Bounds, Placement, Point } from './placement.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

const poolHeader = 30;
const padding = 50;
const gap = 60;
const emptyPoolHeight = 60;
const smallestPoolWidth = 400;

/** One pool below the other, each around its process; then the message flows between them. */
export function placeCollaboration(collaboration: XmlElement, processes: ReadonlyMap<string, Placement>): Placement {
  const pools = bpmnChildren(collaboration, 'participant').map((participant) => ({
    participant,
    content: processes.get(attributeValue(participant, 'processRef') ?? '') ?? { shapes: new Map(), edges: new Map() },
  }));
  const width = Math.max(smallestPoolWidth, ...pools.map(({ content }) => boundsOf(content).width + poolHeader + 2 * padding));
  let top = 0;
  const placements = pools.map(({ participant, content }) => {
    const inner = boundsOf(content);
    const height = content.shapes.size === 0 ? emptyPoolHeight : inner.height + 2 * padding;
    const pool = { x: 0, y: top, width, height };
    top += height + gap;
    const shifted = moved(content, { x: poolHeader + padding - inner.x, y: pool.y + padding - inner.y });
    return merged({ shapes: new Map([[participant, pool]]), edges: new Map() }, shifted);
  });
  const placed = merged(...placements);
  return merged(placed, { shapes: new Map(), edges: messageFlows(collaboration, placed.shapes) });
}

function messageFlows(collaboration: XmlElement, shapes: ReadonlyMap<XmlElement, Bounds>): Map<XmlElement, readonly Point[]> {
  const byId = new Map(Array.from(shapes, ([element, bounds]) => [attributeValue(element, 'id'), bounds]));
  const edges = new Map<XmlElement, readonly Point[]>();
  for (const flow of bpmnChildren(collaboration, 'messageFlow')) {
    const source = byId.get(attributeValue(flow, 'sourceRef'));
    const target = byId.get(attributeValue(flow, 'targetRef'));
    if (source !== undefined && target !== undefined) edges.set(flow, connect(source, target));
  }
  return edges;
}

/** From the facing border of one to that of the other, with a bend half-way. */
function connect(source: Bounds, target: Bounds): Point[] {
  const down = source.y <= target.y;
  const start = { x: middle(source), y: down ? source.y + source.height : source.y };
  const end = { x: middle(target), y: down ? target.y : target.y + target.height };
  const bend = Math.round((start.y + end.y) / 2);
  return start.x === end.x ? [start, end] : [start, { x: start.x, y: bend }, { x: end.x, y: bend }, end];
}

function middle({ x, width }: Bounds): number {
  return Math.round(x + width / 2);
}
