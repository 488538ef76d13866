// The peer: elkjs, its layered algorithm with right-angled lines, told what BPMN needs and given our distances.
import ELK, { type ElkExtendedEdge, type ElkNode, type ElkPort } from 'elkjs/lib/elk.bundled.js';
import type { Point } from './crossings.ts';
import type { Box, Drawing, Step } from './drawing.ts';

const elk = new ELK.default();
const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.padding': '[top=40,left=40,bottom=40,right=40]',
  'elk.spacing.nodeNode': '70',
  'elk.spacing.edgeNode': '12',
  'elk.spacing.edgeEdge': '12',
  'elk.layered.spacing.nodeNodeBetweenLayers': '50',
  'elk.layered.spacing.edgeNodeBetweenLayers': '12',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
};
const eventSize = 36;

/**
 * The graph as elkjs takes it. Boundary events are ports on the lower border of their host. Lines meet events and
 * gateways at the middle of a side, since beside it there is nothing of the shape; they meet tasks where elkjs likes.
 */
export function elkGraph(scope: Step, sizes: ReadonlyMap<string, Box>): ElkNode {
  const events = Map.groupBy(
    scope.steps.filter(({ host }) => host !== undefined),
    ({ host }) => host,
  );
  const children = scope.steps
    .filter(({ host }) => host === undefined)
    .map((step) => node(step, events.get(step.id) ?? [], sizes));
  const known = new Map(scope.steps.map((step) => [step.id, step]));
  const edges = scope.flows.flatMap(({ id, from, to }): ElkExtendedEdge[] => {
    const [source, target] = [known.get(from), known.get(to)];
    if (source === undefined || target === undefined) return [];
    return [{ id, sources: [docked(source, 'out')], targets: [docked(target, 'in')] }];
  });
  return { id: scope.id, layoutOptions: OPTIONS, children, edges };
}

function node(step: Step, events: readonly Step[], sizes: ReadonlyMap<string, Box>): ElkNode {
  const { width = 0, height = 0 } = sizes.get(step.id) ?? {};
  const inner: ElkNode = step.steps.length > 0 ? elkGraph(step, sizes) : { id: step.id, width, height };
  const round = isRound(step);
  if (!round && events.length === 0) return inner;
  const sides = round
    ? [
        port(`${step.id}:in`, 'WEST', { x: 0, y: height / 2 }),
        port(`${step.id}:out`, 'EAST', { x: width, y: height / 2 }),
      ]
    : [];
  const borders = events.map(({ id }) => ({
    id,
    width: eventSize,
    height: eventSize,
    layoutOptions: { 'elk.port.side': 'SOUTH', 'elk.port.borderOffset': String(-eventSize / 2) },
  }));
  return {
    ...inner,
    ports: [...sides, ...borders],
    layoutOptions: { ...inner.layoutOptions, 'elk.portConstraints': round ? 'FIXED_POS' : 'FIXED_SIDE' },
  };
}

function port(id: string, side: 'WEST' | 'EAST', place: Point): ElkPort {
  return { id, width: 0, height: 0, ...place, layoutOptions: { 'elk.port.side': side } };
}

function isRound({ kind, host }: Step): boolean {
  return host === undefined && /(?:Event|Gateway)$/.test(kind);
}

/** What a line is tied to; nothing leads into a boundary event, so that it ends at the host as ours does. */
function docked(step: Step, way: 'in' | 'out'): string {
  if (step.host !== undefined) return way === 'in' ? step.host : step.id;
  return isRound(step) ? `${step.id}:${way}` : step.id;
}

interface Collected extends Drawing {
  readonly shapes: Map<string, Box>;
  readonly edges: Map<string, readonly Point[]>;
}

export async function elkLayout(graph: ElkNode): Promise<Drawing> {
  const drawing: Collected = { shapes: new Map(), edges: new Map() };
  collect(await elk.layout(graph), { x: 0, y: 0 }, drawing);
  return drawing;
}

function collect({ children = [], edges = [] }: ElkNode, at: Point, drawing: Collected): void {
  for (const child of children) {
    const place = { x: at.x + (child.x ?? 0), y: at.y + (child.y ?? 0) };
    drawing.shapes.set(child.id, { ...place, width: child.width ?? 0, height: child.height ?? 0 });
    for (const { id, x = 0, y = 0, width = 0, height = 0 } of child.ports ?? [])
      if (width > 0) drawing.shapes.set(id, { x: place.x + x, y: place.y + y, width, height });
    collect(child, place, drawing);
  }
  for (const { id, sections = [] } of edges) {
    const points = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [
      startPoint,
      ...bendPoints,
      endPoint,
    ]);
    drawing.edges.set(
      id,
      points.map(({ x, y }) => ({ x: at.x + x, y: at.y + y })),
    );
  }
}
