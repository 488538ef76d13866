import { bpmnChildren } from '../bpmn/engine-view.ts';
import { referenced } from '../bpmn/references.ts';
import { descendants } from '../xml/xml-tree.ts';
import { header } from './drawn-pool.ts';
import { placeCollaboration } from './place-collaboration.ts';
import { grown } from './obstacles.ts';
import { boundsOf, enclosing, moved } from './placement.ts';
import type { Canvas } from './canvas.ts';
import type { Incomplete } from './incomplete.ts';
import type { Placement } from './placement.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

const gap = 60;
const padding = 40;

/** Pools that are not drawn: around what is drawn of their process, else below everything that is there. */
export function drawMissingPools(collaboration: XmlElement, { canvases, missing, index }: Incomplete): void {
  const pools = bpmnChildren(collaboration, 'participant');
  const canvas = canvases.find(
    ({ subject, shapes }) => subject === collaboration || pools.some((pool) => shapes.has(pool)),
  );
  if (canvas === undefined) return;
  for (const pool of pools.filter((participant) => missing.has(participant))) {
    const process = referenced(index, pool, 'processRef');
    const content = process === undefined ? undefined : drawnContent(process, canvas);
    canvas.add(content === undefined ? newPool(pool, canvas, index) : aroundContent(pool, content));
  }
}

function drawnContent(process: XmlElement, { shapes, edges }: Canvas): Placement | undefined {
  const parts = new Set(descendants(process));
  const drawn = new Map(Array.from(shapes).filter(([element]) => parts.has(element)));
  return drawn.size === 0
    ? undefined
    : { shapes: drawn, edges: new Map(Array.from(edges).filter(([element]) => parts.has(element))) };
}

/** Lanes reach to the border of their pool, everything else keeps some distance. */
function aroundContent(pool: XmlElement, { shapes, edges }: Placement): Placement {
  const lanes = Array.from(shapes)
    .filter(([{ localName }]) => localName === 'lane')
    .map(([, bounds]) => bounds);
  const steps = new Map(Array.from(shapes).filter(([{ localName }]) => localName !== 'lane'));
  const inner = steps.size === 0 ? [] : [grown(boundsOf({ shapes: steps, edges }), padding)];
  const { x, y, width, height } = enclosing([...lanes, ...inner]);
  return { shapes: new Map([[pool, { x: x - header, y, width: width + header, height }]]), edges: new Map() };
}

function newPool(pool: XmlElement, canvas: Canvas, index: Incomplete['index']): Placement {
  const placed = placeCollaboration([pool], index);
  const { x, y, height } = canvas.bounds;
  return moved(placed, { x: x - boundsOf(placed).x, y: y + height + gap - boundsOf(placed).y });
}
