import { referenced } from '../bpmn/references.ts';
import { subProcessNames } from '../bpmn/vocabulary.ts';
import { ancestors } from '../xml/xml-tree.ts';
import { header } from './drawn-pool.ts';
import { grown } from './obstacles.ts';
import { placeScope } from './place-scope.ts';
import { boundsOf, enclosing, merged, moved } from './placement.ts';
import type { Bounds, Placement } from './placement.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

const padding = 50;
const gap = 60;
const emptyPoolHeight = 60;
const smallestPoolWidth = 400;

/** One pool below the other, each around its process. */
export function placeCollaboration(
  participants: readonly XmlElement[],
  index: ReadonlyMap<string, XmlElement>,
): Placement {
  const pools = participants.map((participant) => ({
    participant,
    content: contentOf(referenced(index, participant, 'processRef')),
  }));
  const frames = pools.map(({ content }) => frameOf(content));
  const width = Math.max(smallestPoolWidth, ...frames.map((frame) => header + frame.width));
  let top = 0;
  const placements = pools.map(({ participant, content }, place) => {
    const frame = frames[place] ?? boundsOf(content);
    const height = content.shapes.size === 0 ? emptyPoolHeight : frame.height;
    const pool = { x: 0, y: top, width, height };
    top += height + gap;
    const shifted = moved(content, { x: header - frame.x, y: pool.y - frame.y });
    return merged({ shapes: new Map([[participant, pool]]), edges: new Map() }, withWideLanes(shifted, width));
  });
  return merged(...placements);
}

function contentOf(process: XmlElement | undefined): Placement {
  return process === undefined ? { shapes: new Map(), edges: new Map() } : placeScope(process);
}

/** What a pool holds besides its name: its lanes, and everything else with some distance. */
function frameOf(content: Placement): Bounds {
  const lanes = Array.from(content.shapes).filter(([element]) => isPoolLane(element));
  const others = boundsOf({
    shapes: new Map(Array.from(content.shapes).filter(([element]) => !isPoolLane(element))),
    edges: content.edges,
  });
  if (lanes.length === 0) return grown(others, padding);
  const inLanes = enclosing(lanes.map(([, bounds]) => bounds));
  const below = others.y + others.height - inLanes.y - inLanes.height;
  return below > 0 ? { ...inLanes, height: inLanes.height + below + padding } : inLanes;
}

/** Lanes reach to the right border of their pool. */
function withWideLanes({ shapes, edges }: Placement, right: number): Placement {
  const widened = Array.from(shapes, ([element, bounds]): [XmlElement, Bounds] => [
    element,
    isPoolLane(element) ? { ...bounds, width: right - bounds.x } : bounds,
  ]);
  return { shapes: new Map(widened), edges };
}

function isPoolLane(element: XmlElement): boolean {
  return (
    element.localName === 'lane' &&
    Array.from(ancestors(element)).every((outer) => !subProcessNames.has(outer.localName))
  );
}
