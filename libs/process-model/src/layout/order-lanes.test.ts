import { describe, expect, it } from 'vitest';
import { fan } from '../fixtures/model-builder.ts';
import { layOutProcessModel } from '../lay-out-process-model.ts';
import { parseXml } from '../xml/parse-xml.ts';
import { attributeValue, childElements, descendants } from '../xml/xml-tree.ts';
import type { Point } from './placement.ts';

type Piece = readonly [Point, Point];

/** The straight pieces of each line. */
function linesOf(xml: string): Piece[][] {
  const edges = Array.from(descendants(parseXml(xml).root)).filter(({ localName }) => localName === 'BPMNEdge');
  return edges.map((edge) => {
    const points = childElements(edge).map((waypoint) => ({
      x: Number(attributeValue(waypoint, 'x')),
      y: Number(attributeValue(waypoint, 'y')),
    }));
    return points.slice(1).map((to, index): Piece => [points[index] ?? to, to]);
  });
}

/** A level piece across an upright one; ends that touch are no crossing. */
function isAcross([from, to]: Piece, [low, high]: Piece): boolean {
  const within = (value: number, one: number, other: number): boolean =>
    value > Math.min(one, other) && value < Math.max(one, other);
  return from.y === to.y && low.x === high.x && within(low.x, from.x, to.x) && within(from.y, low.y, high.y);
}

function crossings(lines: readonly (readonly Piece[])[]): number {
  const pairs = lines.flatMap((line, index) => lines.slice(index + 1).map((other) => [line, other] as const));
  return pairs.flatMap(([line, other]) =>
    line.flatMap((one) => other.filter((two) => isAcross(one, two) || isAcross(two, one))),
  ).length;
}

describe('the order of lines beside each other', () => {
  it.each([2, 4, 9])('lets %i ways of a gateway part and meet without a crossing', async (ways) => {
    const lines = linesOf(await layOutProcessModel(fan(ways)));

    expect(lines).toHaveLength(2 * ways);
    expect(crossings(lines)).toBe(0);
  });

  it('draws a fan of more ways than are ordered', async () => {
    expect(linesOf(await layOutProcessModel(fan(400)))).toHaveLength(800);
  });
});
