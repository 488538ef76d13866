import { referenced } from '../bpmn/references.ts';
import { contains, grown } from './obstacles.ts';
import type { Canvas } from './canvas.ts';
import type { Incomplete } from './incomplete.ts';
import type { Bounds, Point } from './placement.ts';

const eventSize = 36;

/** Boundary events that are not drawn: on the border of their host, on no other one. */
export function placeMissingBoundaries(canvas: Canvas, { missing, index }: Incomplete): void {
  for (const event of missing) {
    if (event.localName !== 'boundaryEvent' || canvas.shapes.has(event)) continue;
    const host = canvas.shapes.get(referenced(index, event, 'attachedToRef') ?? event);
    if (host === undefined) continue;
    const others = canvas.obstacles
      .shapesIn(grown(host, eventSize))
      .filter((shape) => shape !== host && !contains(shape, host) && !contains(host, shape));
    canvas.add({ shapes: new Map([[event, freeBorderPlace(host, others, canvas)]]), edges: new Map() });
  }
}

function freeBorderPlace(host: Bounds, others: readonly Bounds[], canvas: Canvas): Bounds {
  const centres: Point[] = [];
  for (let along = eventSize / 2 - 6; along <= host.width - eventSize / 2 + 6; along += 5)
    centres.push({ x: host.x + along, y: host.y + host.height });
  for (let along = eventSize / 2 - 6; along <= host.width - eventSize / 2 + 6; along += 5)
    centres.push({ x: host.x + along, y: host.y });
  for (let down = eventSize; down <= host.height - eventSize; down += 5)
    centres.push({ x: host.x + host.width, y: host.y + down }, { x: host.x, y: host.y + down });
  const places = centres.map(({ x, y }) => ({
    x: Math.round(x - eventSize / 2),
    y: Math.round(y - eventSize / 2),
    width: eventSize,
    height: eventSize,
  }));
  const badness = (place: Bounds): number =>
    others.reduce((sum, other) => sum + 10_000 * covered(grown(place, 1), other), 0) +
    (canvas.obstacles.segmentsIn(place).length > 0 ? 1 : 0);
  const [first] = places.map((place) => ({ place, bad: badness(place) })).toSorted((one, other) => one.bad - other.bad);
  return first?.place ?? { x: host.x, y: host.y + host.height - eventSize / 2, width: eventSize, height: eventSize };
}

function covered(one: Bounds, other: Bounds): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return Math.max(0, width) * Math.max(0, height);
}
