import { describe, expect, it } from 'vitest';
import type { Drawing, Step } from './drawing.ts';
import { figuresOf } from './figures.ts';

const ends: Readonly<Record<string, readonly [string, string]>> = { ab: ['a', 'b'], cd: ['c', 'd'] };

function processOf(ids: readonly string[], flows: readonly string[]): Step {
  const steps = ids.map((id) => ({ id, kind: 'task', host: undefined, parent: undefined, steps: [], flows: [] }));
  return {
    id: 'p',
    kind: 'process',
    host: undefined,
    parent: undefined,
    steps,
    flows: flows.map((id) => ({ id, from: ends[id]?.[0] ?? '', to: ends[id]?.[1] ?? '' })),
  };
}

const shapes: Drawing['shapes'] = new Map([
  ['a', { x: 0, y: 0, width: 10, height: 10 }],
  ['b', { x: 100, y: 0, width: 10, height: 10 }],
  ['c', { x: 50, y: -60, width: 10, height: 10 }],
  ['d', { x: 50, y: 50, width: 10, height: 10 }],
]);
const straight = [
  { x: 10, y: 5 },
  { x: 100, y: 5 },
];
const down = [
  { x: 55, y: -50 },
  { x: 55, y: 50 },
];

function figures(
  edges: ReadonlyMap<string, readonly { x: number; y: number }[]>,
  moved: readonly [string, { x: number; y: number; width: number; height: number }][] = [],
): Record<string, number> {
  return figuresOf(processOf([...shapes.keys()], [...edges.keys()]), { shapes: new Map([...shapes, ...moved]), edges });
}

describe('the figures of a drawing', () => {
  it('count lines that cross, and what they take', () => {
    expect(
      figures(
        new Map([
          ['ab', straight],
          ['cd', down],
        ]),
      ),
    ).toEqual({
      crossings: 1,
      'through-shapes': 0,
      'shared-lines': 0,
      'shape-overlaps': 0,
      length: 190,
      area: 110 * 120,
      undrawn: 0,
    });
  });

  it('count lines that run through a step, and steps on each other', () => {
    expect(
      figures(new Map([['ab', straight]]), [
        ['c', { x: 50, y: 0, width: 10, height: 10 }],
        ['d', { x: 55, y: 2, width: 10, height: 10 }],
      ]),
    ).toMatchObject({ 'through-shapes': 2, 'shape-overlaps': 1 });
  });

  it('count lines that lie on each other, not those that only touch', () => {
    expect(
      figures(
        new Map([
          ['ab', straight],
          [
            'cd',
            [
              { x: 55, y: -50 },
              { x: 55, y: 5 },
              { x: 90, y: 5 },
            ],
          ],
        ]),
      ),
    ).toMatchObject({ crossings: 0, 'shared-lines': 1 });
    expect(
      figures(
        new Map([
          ['ab', straight],
          [
            'cd',
            [
              { x: 55, y: -50 },
              { x: 55, y: 5 },
            ],
          ],
        ]),
      ),
    ).toMatchObject({ crossings: 0, 'shared-lines': 0 });
  });

  it('count lines that run together for a while and part on the other side as crossing, no others', () => {
    const along = (to: number): Record<string, number> =>
      figures(
        new Map([
          [
            'ab',
            [
              { x: 0, y: 20 },
              { x: 20, y: 20 },
              { x: 20, y: 30 },
              { x: 150, y: 30 },
            ],
          ],
          [
            'cd',
            [
              { x: 0, y: 30 },
              { x: 40, y: 30 },
              { x: 40, y: to },
            ],
          ],
        ]),
      );

    expect(along(10)).toMatchObject({ crossings: 1, 'shared-lines': 1 });
    expect(along(45)).toMatchObject({ crossings: 0, 'shared-lines': 1 });
  });

  it('count no line as running through the circle that it ends at', () => {
    const [start, end] = [
      { id: 'a', kind: 'startEvent', host: undefined, parent: undefined, steps: [], flows: [] },
      { id: 'b', kind: 'endEvent', host: undefined, parent: undefined, steps: [], flows: [] },
    ];
    const process = { ...processOf([], ['ab']), steps: [start, end] };
    const drawn = (x: number): Record<string, number> =>
      figuresOf(process, {
        shapes: new Map([
          ['a', { x: 0, y: 0, width: 36, height: 36 }],
          ['b', { x: 100, y: 0, width: 36, height: 36 }],
        ]),
        edges: new Map([
          [
            'ab',
            [
              { x: 36, y: 6 },
              { x, y: 6 },
            ],
          ],
        ]),
      });

    expect(drawn(104.6)).toMatchObject({ 'through-shapes': 0 });
    expect(drawn(118)).toMatchObject({ 'through-shapes': 1 });
  });

  it('count what is not drawn', () => {
    expect(figuresOf(processOf(['a', 'b', 'e'], ['ab']), { shapes, edges: new Map() })).toMatchObject({ undrawn: 2 });
  });
});
