import { sampleSeed, sampleTimeout, seededRandom } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import { boxes, lieOnEachOther, segments } from '../fixtures/drawn-places.ts';
import { withoutParts } from '../fixtures/drawing.ts';
import { fan, model } from '../fixtures/model-builder.ts';
import { randomGraph } from '../fixtures/random.ts';
import { layOutProcessModel } from '../lay-out-process-model.ts';

/** Pairs of lines that have a piece in common. */
function onEachOther(drawn: string): string[] {
  const lines = Array.from(segments(drawn));
  return lines.flatMap(([id, pieces], index) =>
    lines
      .slice(index + 1)
      .filter(([, others]) => pieces.some((piece) => others.some((other) => lieOnEachOther(piece, other))))
      .map(([other]) => `${id} on ${other}`),
  );
}

async function pairsOnEachOther(xml: string): Promise<string[]> {
  return onEachOther(await layOutProcessModel(xml));
}

const twoTasks = '<bpmn:task id="one" /><bpmn:task id="two" />';
const flow = (id: string, from: string, to: string): string =>
  `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}" />`;

describe('the ends of lines', () => {
  it.each([2, 5, 30])('lets no line lie on another where %i ways part and meet', async (ways) => {
    expect(await pairsOnEachOther(fan(ways))).toEqual([]);
  });

  it('lets none lie on another where a step is left twice for the same one, and for itself', async () => {
    const flows = [flow('a', 'one', 'two'), flow('b', 'one', 'two'), flow('c', 'two', 'one'), flow('d', 'one', 'one')];

    expect(await pairsOnEachOther(model(`${twoTasks}${flows.join('')}`))).toEqual([]);
  });

  it('lets none lie on another where a boundary event is left twice', async () => {
    const event = '<bpmn:boundaryEvent id="late" attachedToRef="one" /><bpmn:task id="three" />';
    const flows = [flow('a', 'late', 'two'), flow('b', 'late', 'three'), flow('c', 'late', 'one')];

    expect(await pairsOnEachOther(model(`${twoTasks}${event}${flows.join('')}`))).toEqual([]);
  });

  it('lets none lie on another where only the lines are missing', async () => {
    const complete = await layOutProcessModel(fan(6));
    const shapesOnly = withoutParts(complete, ({ localName }) => localName === 'BPMNEdge');

    const xml = await layOutProcessModel(shapesOnly);

    expect(segments(xml).size).toBe(12);
    expect(onEachOther(xml)).toEqual([]);
  });

  it('reach the border of circles and diamonds, not the rectangle around them', async () => {
    const xml = await layOutProcessModel(fan(3));

    const join = boxes(xml).get('join');
    const [left, middle] = [join?.left ?? NaN, ((join?.top ?? NaN) + (join?.bottom ?? NaN)) / 2];
    for (let way = 0; way < 3; way += 1) {
      const last = segments(xml).get(`from_${way}`)?.at(-1);
      expect(last?.right).toBe(left + Math.abs((last?.top ?? NaN) - middle));
    }
  });

  it('keep a single line in the middle', async () => {
    const xml = await layOutProcessModel(model(`${twoTasks}${flow('a', 'one', 'two')}`));

    const box = boxes(xml).get('two');
    expect(segments(xml).get('a')?.at(-1)?.top).toBe(((box?.top ?? NaN) + (box?.bottom ?? NaN)) / 2);
  });

  it(
    `let no line lie on another in 300 graphs of any shape (seed ${sampleSeed})`,
    async () => {
      const next = seededRandom(sampleSeed);
      for (let run = 0; run < 300; run += 1)
        expect(await pairsOnEachOther(model(randomGraph(next))), `run ${run}`).toEqual([]);
    },
    sampleTimeout,
  );
});
