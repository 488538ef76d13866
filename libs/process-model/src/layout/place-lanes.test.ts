import { sampleSeed, sampleTimeout, seededRandom } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import { flowNodeNames } from '../bpmn/vocabulary.ts';
import { withoutParts } from '../fixtures/drawing.ts';
import { boxes, isInside, lieOnEachOther, overlaps, segments } from '../fixtures/drawn-places.ts';
import { model, sequence, task } from '../fixtures/model-builder.ts';
import { randomGraph, randomLanes } from '../fixtures/random.ts';
import { layOutProcessModel } from '../lay-out-process-model.ts';
import { readProcessModel } from '../read-process-model.ts';
import { parseXml } from '../xml/parse-xml.ts';
import { attributeValue, childElements, descendants, directText } from '../xml/xml-tree.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

const lane = (id: string, ...steps: readonly string[]): string =>
  `<bpmn:lane id="${id}">${steps.map((step) => `<bpmn:flowNodeRef>${step}</bpmn:flowNodeRef>`).join('')}</bpmn:lane>`;
const laneSet = (...lanes: readonly string[]): string => `<bpmn:laneSet id="lanes">${lanes.join('')}</bpmn:laneSet>`;
const pool = '<bpmn:collaboration id="together"><bpmn:participant id="shop" processRef="order" /></bpmn:collaboration>';

/** A hand-over at every step: the lanes are reached in turns. */
const inTurns = sequence(task('a1'), task('b1'), task('a2'), task('b2'));
const twoLanes = laneSet(lane('clerk', 'begin', 'a1', 'a2'), lane('boss', 'b1', 'b2', 'done'));

const idOf = (element: XmlElement): string => attributeValue(element, 'id') ?? '';

function lanesOf(xml: string): XmlElement[] {
  return Array.from(descendants(parseXml(xml).root)).filter(({ localName }) => localName === 'lane');
}

/** Everything that breaks: a lane is one band around its steps, and no lane lies on one that it is not inside of. */
function faults(xml: string): string[] {
  const drawn = boxes(xml);
  const lanes = lanesOf(xml);
  const found: string[] = [];
  for (const [place, each] of lanes.entries()) {
    const band = drawn.get(idOf(each));
    if (band === undefined) found.push(`${idOf(each)} is not drawn`);
    for (const step of childElements(each).filter(({ localName }) => localName === 'flowNodeRef')) {
      const box = drawn.get(directText(step).trim());
      if (!isInside(box, band)) found.push(`${directText(step)} is not inside of ${idOf(each)}`);
    }
    for (const other of lanes.slice(place + 1)) {
      const [inner, isWithin] = [drawn.get(idOf(other)), Array.from(descendants(each)).includes(other)];
      if (inner === undefined || band === undefined) continue;
      if (isWithin ? !isInside(inner, band) : overlaps(inner, band)) found.push(`${idOf(each)} and ${idOf(other)}`);
    }
  }
  return found;
}

/** Steps of the process itself that are in no lane, and lie in one all the same. */
function strangers(xml: string): string[] {
  const members = new Set(lanesOf(xml).flatMap((each) => childElements(each).map((step) => directText(step).trim())));
  const process = Array.from(descendants(parseXml(xml).root)).find(({ localName }) => localName === 'process');
  const bands = lanesOf(xml).flatMap((each) => boxes(xml).get(idOf(each)) ?? []);
  return childElements(process ?? parseXml(xml).root)
    .filter(({ localName }) => flowNodeNames.has(localName) && localName !== 'boundaryEvent')
    .map(idOf)
    .filter((id) => !members.has(id) && bands.some((band) => isInside(boxes(xml).get(id), band)));
}

describe('the lanes of a drawing that is made', () => {
  it.each(['', pool])('are one band each although their steps follow each other in turns: %s', async (rootElements) => {
    const xml = await layOutProcessModel(model(inTurns, { processHead: twoLanes, rootElements }));

    expect(faults(xml)).toEqual([]);
    expect((await readProcessModel(xml)).hasDiagram).toBe(true);
  });

  it('stand in their order and fill their pool', async () => {
    const second = '<bpmn:process id="wide"><bpmn:task id="only" /></bpmn:process>';
    const both = pool.replace('</bpmn:coll', '<bpmn:participant id="other" processRef="wide" /></bpmn:coll');
    const drawn = boxes(
      await layOutProcessModel(model(inTurns, { processHead: twoLanes, rootElements: `${second}${both}` })),
    );

    const [shop, clerk, boss] = [drawn.get('shop'), drawn.get('clerk'), drawn.get('boss')];
    expect(clerk).toMatchObject({ left: (shop?.left ?? NaN) + 30, right: shop?.right, top: shop?.top });
    expect(boss).toMatchObject({ left: clerk?.left, right: shop?.right, top: clerk?.bottom, bottom: shop?.bottom });
  });

  it('are drawn without steps, at the rim and in the middle', async () => {
    const lanes = laneSet(lane('first'), lane('clerk', 'begin', 'a1'), lane('none'), lane('boss', 'b1'), lane('last'));

    for (const rootElements of ['', pool]) {
      const xml = await layOutProcessModel(model(inTurns, { processHead: lanes, rootElements }));

      expect(faults(xml)).toEqual([]);
      expect((await readProcessModel(xml)).hasDiagram).toBe(true);
    }
  });

  it('lie in each other, also where the outer one has steps of its own', async () => {
    const inner = `<bpmn:lane id="office"><bpmn:flowNodeRef>a2</bpmn:flowNodeRef><bpmn:childLaneSet>${lane('clerk', 'begin', 'b2')}${lane('boss', 'b1')}</bpmn:childLaneSet></bpmn:lane>`;

    const xml = await layOutProcessModel(
      model(inTurns, { processHead: laneSet(inner, lane('outside', 'a1', 'done')), rootElements: pool }),
    );

    expect(faults(xml)).toEqual([]);
  });

  it('are drawn in a pool that knows its process with a prefix', async () => {
    const rootElements = pool.replace('processRef="order"', 'xmlns:my="http://procos.test/bpmn" processRef="my:order"');

    const xml = await layOutProcessModel(model(inTurns, { processHead: twoLanes, rootElements }));

    expect(faults(xml)).toEqual([]);
    expect(isInside(boxes(xml).get('clerk'), boxes(xml).get('shop'))).toBe(true);
  });

  it('get their steps drawn inside of them when they are drawn and the steps are not', async () => {
    const complete = await layOutProcessModel(model(inTurns, { processHead: twoLanes, rootElements: pool }));
    const lanesOnly = withoutParts(
      complete,
      (part) => !/^(?:clerk|boss|shop)$/.test(attributeValue(part, 'bpmnElement') ?? ''),
    );

    expect(faults(await layOutProcessModel(lanesOnly))).toEqual([]);
  });

  it(
    `hold their steps and no others, and no line lies on another, in 200 graphs of any shape (seed ${sampleSeed})`,
    async () => {
      const next = seededRandom(sampleSeed);
      for (let run = 0; run < 200; run += 1) {
        const graph = randomGraph(next);
        const process = Array.from(descendants(parseXml(model(graph)).root)).find(
          ({ localName }) => localName === 'process',
        );
        const steps = childElements(process ?? parseXml(model(graph)).root).filter(({ localName }) =>
          flowNodeNames.has(localName),
        );
        const hosted = steps.filter(({ localName }) => localName !== 'boundaryEvent');
        const xml = await layOutProcessModel(
          model(graph, {
            processHead: randomLanes(next, hosted.map(idOf)),
            rootElements: run % 2 === 0 ? pool : '',
          }),
        );

        expect([...faults(xml), ...strangers(xml)], `run ${run}`).toEqual([]);
        const lines = Array.from(segments(xml).values());
        const pairs = lines.flatMap((one, place) => lines.slice(place + 1).map((other) => [one, other] as const));
        expect(
          pairs.some(([one, other]) => one.some((piece) => other.some((each) => lieOnEachOther(piece, each)))),
          `run ${run}`,
        ).toBe(false);
      }
    },
    sampleTimeout,
  );
});
