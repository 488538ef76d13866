import { caseFile, caseNames, sampled, sampleSeed, sampleTimeout } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import { fixProcessModel } from './fix-process-model.ts';
import { layOutProcessModel } from './lay-out-process-model.ts';
import { lintProcessModel } from './lint-process-model.ts';
import { readProcessModel } from './read-process-model.ts';
import { drawnParts, withoutParts } from './fixtures/drawing.ts';
import { model, sequence, taskModel } from './fixtures/model-builder.ts';
import { attributeValue, type XmlElement } from './xml/xml-tree.ts';

const modelCase = (name: string): string => caseFile('bpmn', name).toString('utf8');
const handDrawn = modelCase('b08b-drawn-by-hand-one-flow-missing.bpmn');

/** Lines that were there before, in the same order. */
function keptLines(before: string, after: string): boolean {
  const lines = after.split('\n');
  let at = 0;
  return before.split('\n').every((line) => {
    at = lines.indexOf(line, at) + 1;
    return at > 0;
  });
}

/** The numbers of the shape of an element. */
function placeOf(parts: ReadonlyMap<string, string>, id: string): string {
  const [, shape = ''] = [...parts].find(([key]) => key.endsWith(`/${id}`)) ?? [];
  return (/<[^<]*Bounds[^>]*>/.exec(shape) ?? [''])[0];
}

describe('a drawing that lacks something', () => {
  it('keeps every line of its file: lanes, colours, notes, closed sub-processes and their planes', async () => {
    const { xml, applied } = await fixProcessModel(handDrawn);

    expect(keptLines(handDrawn, xml)).toBe(true);
    expect(applied).toEqual([
      {
        rule: 'has-diagram',
        elementId: 'Defs',
        description: 'added f_check_assess, as to the diagram; what was drawn stays where it is',
      },
    ]);
    expect((await lintProcessModel(xml)).filter(({ rule }) => rule === 'has-diagram')).toEqual([]);
  });

  it('is completed in the same way when it is deployed', async () => {
    expect(await layOutProcessModel(handDrawn)).toBe((await fixProcessModel(handDrawn)).xml);
  });

  it('keeps line ends, byte order mark, quotes, tabs and entities of the rest of the file', async () => {
    const windows = `\uFEFF${handDrawn.replace('name="Check"', "name='&#67;heck &quot;it&quot;'").replaceAll('    ', '\t').replaceAll('\n', '\r\n')}`;

    const { xml } = await fixProcessModel(windows);

    expect(keptLines(windows, xml)).toBe(true);
    expect(xml.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('gets lanes around steps that stand side by side without moving them', async () => {
    const lanes = modelCase('lanes.bpmn');

    const { xml } = await fixProcessModel(lanes);

    expect(keptLines(lanes, xml)).toBe(true);
    expect([...drawnParts(xml).keys()]).toEqual(expect.arrayContaining(['C_plane/l1', 'C_plane/l2']));
  });

  it('gets a plane for the content of a closed sub-process', async () => {
    const closed = handDrawn.replace(/ {2}<bpmndi:BPMNDiagram id="D2">[\s\S]*?<\/bpmndi:BPMNDiagram>\n/, '');

    const { xml } = await fixProcessModel(closed);

    expect(keptLines(closed, xml)).toBe(true);
    expect([...drawnParts(xml).keys()].filter((key) => key.startsWith('assess_plane/'))).toEqual(
      ['s2', 'visit', 'e2', 'g1', 'g2'].map((id) => `assess_plane/${id}`),
    );
  });

  it('draws every collaboration of a model, and keeps the other repairs', async () => {
    const { xml, applied } = await fixProcessModel(modelCase('nofix.bpmn'));

    expect(applied.map(({ rule }) => rule)).toEqual(['history-time-to-live', 'history-time-to-live', 'has-diagram']);
    expect((await readProcessModel(xml)).hasDiagram).toBe(true);
    expect(xml.match(/<bpmndi:BPMNPlane /g)).toHaveLength(2);
  });

  it('keeps the other repairs when a line has nowhere to go', async () => {
    const dangling = taskModel()
      .replace('targetRef="done"', 'targetRef="nowhere"')
      .replace('camunda:historyTimeToLive="P30D"', '');

    const { xml, applied } = await fixProcessModel(dangling);

    expect(applied.map(({ rule }) => rule)).toEqual(['history-time-to-live', 'has-diagram']);
    expect((await lintProcessModel(xml)).filter(({ rule }) => rule === 'has-diagram')).toMatchObject([
      { elementId: 'to_done', fixable: false },
    ]);
  });

  it('keeps boundary events where they are when their host is drawn anew', async () => {
    const complete = await layOutProcessModel(modelCase('b07-boundary-crowd.bpmn'));
    const hostless = withoutParts(complete, (part) => attributeValue(part, 'bpmnElement') === 'charge');

    const { xml } = await fixProcessModel(hostless);

    const after = drawnParts(xml);
    expect(after.size).toBeGreaterThan(drawnParts(hostless).size);
    for (const [key, part] of drawnParts(hostless)) expect(after.get(key), key).toBe(part);
    expect((await readProcessModel(xml)).hasDiagram).toBe(true);
  });

  it.each(['di_orphan.bpmn', 'di_orphan_shape.bpmn', 'di_no_bpmnElement.bpmn'])(
    'loses what draws nothing, and nothing else: %s',
    async (name) => {
      const before = modelCase(name);

      const { xml } = await fixProcessModel(before);

      expect((await lintProcessModel(xml)).filter(({ rule }) => rule === 'has-diagram')).toEqual([]);
      const kept = [...drawnParts(before)].filter(([key]) => !/\/(?:gone)?$/.test(key));
      expect([...drawnParts(xml)]).toEqual(kept);
    },
  );

  it.each([
    ['a sub-process', ['ask', 'inner_begin', 'inner_done']],
    ['a process and of its sub-process', ['begin', 'check', 'done', 'ask', 'inner_begin', 'inner_done']],
  ])('gets the steps of %s back where their lines end; no line is drawn once more', async (_, taken) => {
    const inner = sequence('<bpmn:userTask id="ask" />').replaceAll(/"(begin|done|to_\w+)"/g, '"inner_$1"');
    const complete = await layOutProcessModel(
      model(sequence(`<bpmn:subProcess id="check">${inner}</bpmn:subProcess>`)),
    );
    const isTaken = (part: XmlElement) => taken.includes(attributeValue(part, 'bpmnElement') ?? '');

    const again = drawnParts(await layOutProcessModel(withoutParts(complete, isTaken)));

    expect([...again.keys()].toSorted()).toEqual([...drawnParts(complete).keys()].toSorted());
    const same = ['ask', 'inner_begin', 'inner_done'].filter(
      (id) => placeOf(again, id) === placeOf(drawnParts(complete), id),
    );
    expect(same).toEqual(taken.length === 3 ? ['ask', 'inner_begin', 'inner_done'] : same);
  });

  it('gets groups and the lines between data and steps, by the names of what they show', async () => {
    const data = model(
      '<bpmn:dataObject id="paper" /><bpmn:dataObjectReference id="sheet" dataObjectRef="paper" /><bpmn:group id="together" />' +
        sequence(
          '<bpmn:startEvent id="begin" />',
          '<bpmn:userTask id="write"><bpmn:ioSpecification><bpmn:dataInput id="in" /><bpmn:dataOutput id="out" /><bpmn:inputSet /><bpmn:outputSet /></bpmn:ioSpecification><bpmn:dataInputAssociation id="reads"><bpmn:sourceRef>sheet</bpmn:sourceRef><bpmn:targetRef>in</bpmn:targetRef></bpmn:dataInputAssociation><bpmn:dataOutputAssociation id="writes"><bpmn:sourceRef>out</bpmn:sourceRef><bpmn:targetRef>sheet</bpmn:targetRef></bpmn:dataOutputAssociation></bpmn:userTask>',
          '<bpmn:endEvent id="done" />',
        ),
    );
    const shown = ['together', 'sheet', 'reads', 'writes'];
    const names = (xml: string) => Array.from(drawnParts(xml).keys(), (key) => key.replace(/^.*\//, ''));

    const complete = (await fixProcessModel(data)).xml;
    const partial = withoutParts(complete, (part) => shown.includes(attributeValue(part, 'bpmnElement') ?? ''));
    const again = (await fixProcessModel(partial)).xml;

    expect(names(complete)).toEqual(expect.arrayContaining(shown));
    expect(names(partial).filter((name) => shown.includes(name))).toEqual([]);
    expect(names(again).toSorted()).toEqual(names(complete).toSorted());
    expect((await fixProcessModel(again)).xml).toBe(again);
  });

  it(
    `keeps every shape and line that is left, whichever are taken away from a complete one (seed ${sampleSeed})`,
    async () => {
      for (const name of sampled(
        caseNames('bpmn').filter((each) =>
          /^(?:b07|b08|lanes|group|transaction|esp_good|datastore|comp_good|human|nofix)/.test(each),
        ),
        3,
      )) {
        const complete = await layOutProcessModel(modelCase(name));
        for (const every of [2, 3, 5]) {
          const partial = withoutParts(complete, (_part, place) => place % every === 0);
          const { xml } = await fixProcessModel(partial);

          const after = drawnParts(xml);
          expect(drawnParts(partial).size, name).toBeGreaterThan(0);
          for (const [key, part] of drawnParts(partial)) expect(after.get(key), `${name}: ${key}`).toBe(part);
          expect((await readProcessModel(xml)).hasDiagram, name).toBe(true);
        }
      }
    },
    sampleTimeout,
  );
});
