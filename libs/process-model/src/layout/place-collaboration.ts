import { attributeValue } from '../xml/xml-tree.ts';
import { boundsOf, merged, moved } from './placement.ts';
import type { Placement } from './placement.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

const poolHeader = 30;
const padding = 50;
const gap = 60;
const emptyPoolHeight = 60;
const smallestPoolWidth = 400;

/** One pool below the other, each around its process. */
export function placeCollaboration(
  participants: readonly XmlElement[],
  processes: ReadonlyMap<string, Placement>,
): Placement {
  const pools = participants.map((participant) => ({
    participant,
    content: processes.get(attributeValue(participant, 'processRef') ?? '') ?? { shapes: new Map(), edges: new Map() },
  }));
  const width = Math.max(
    smallestPoolWidth,
    ...pools.map(({ content }) => boundsOf(content).width + poolHeader + 2 * padding),
  );
  let top = 0;
  const placements = pools.map(({ participant, content }) => {
    const inner = boundsOf(content);
    const height = content.shapes.size === 0 ? emptyPoolHeight : inner.height + 2 * padding;
    const pool = { x: 0, y: top, width, height };
    top += height + gap;
    const shifted = moved(content, { x: poolHeader + padding - inner.x, y: pool.y + padding - inner.y });
    return merged({ shapes: new Map([[participant, pool]]), edges: new Map() }, shifted);
  });
  return merged(...placements);
}
