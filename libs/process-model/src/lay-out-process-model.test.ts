import { caseFile, seededRandom } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import { layOutProcessModel } from './lay-out-process-model.ts';
import { readProcessModel } from './read-process-model.ts';
import { drawnIds, elementsToDraw } from './bpmn/diagram.ts';
import { boxes, isInside, overlaps, runsThrough, segments } from './fixtures/drawn-places.ts';
import { inputParameter, model, sequence, task, taskModel } from './fixtures/model-builder.ts';
import { randomGraph } from './fixtures/random.ts';
import { parseXml } from './xml/parse-xml.ts';
import { writeXml } from './xml/write-xml.ts';
import { attributeValue, childElements, descendants } from './xml/xml-tree.ts';

const subProcess = (attributes: string, content: string): string =>
  `<bpmn:subProcess id="part" ${attributes}>${content}</bpmn:subProcess>`;
const innerSequence = sequence(task('inner')).replaceAll('begin', 'begin_in').replaceAll('done', 'done_in');

describe('laying out a model', () => {
  it('draws every flow node and flow', async () => {
    const xml = await layOutProcessModel(taskModel());

    expect((await readProcessModel(xml)).hasDiagram).toBe(true);
    expect([...boxes(xml).keys()]).toEqual(['begin', 'work', 'done']);
    expect(xml).toContain('<bpmndi:BPMNEdge id="to_work_di" bpmnElement="to_work">');
  });

  it('changes nothing but the diagram: extensions, comments and formatting stay', async () => {
    const xml = writeXml(
      parseXml(
        taskModel({
          extensions: `<!-- why -->\n\n${inputParameter('${a &gt; 1}')}<other:thing xmlns:other="urn:other" key="&quot;" />`,
        }),
      ),
    );

    const laidOut = await layOutProcessModel(xml);

    const upToTheEnd = xml.slice(0, xml.indexOf('</bpmn:process>'));
    expect(laidOut.startsWith(upToTheEnd)).toBe(true);
  });

  it('returns a completely drawn model as it came', async () => {
    const once = await layOutProcessModel(taskModel());

    expect(await layOutProcessModel(once)).toBe(once);
  });

  it('completes a partial diagram', async () => {
    const complete = await layOutProcessModel(taskModel());
    const partial = complete.replace(/<bpmndi:BPMNEdge id="to_work_di"[\s\S]*?<\/bpmndi:BPMNEdge>/, '');

    const xml = await layOutProcessModel(partial);

    expect(xml.match(/<bpmndi:BPMNDiagram /g)).toHaveLength(1);
    expect((await readProcessModel(xml)).hasDiagram).toBe(true);
  });

  it('draws sub-processes open, with their content inside', async () => {
    const xml = await layOutProcessModel(model(sequence(subProcess('', innerSequence))));

    expect(xml).toContain('bpmnElement="part" isExpanded="true"');
    expect(isInside(boxes(xml).get('inner'), boxes(xml).get('part'))).toBe(true);
  });

  it('draws event sub-processes, which no flow reaches', async () => {
    const xml = await layOutProcessModel(
      model(`${sequence(task('work'))}${subProcess('triggeredByEvent="true"', innerSequence)}`),
    );

    expect(isInside(boxes(xml).get('inner'), boxes(xml).get('part'))).toBe(true);
  });

  it('puts a boundary event on the border of its host', async () => {
    const xml = await layOutProcessModel(
      model(
        `${sequence(task('work'))}<bpmn:boundaryEvent id="failed" attachedToRef="work"><bpmn:errorEventDefinition /></bpmn:boundaryEvent><bpmn:endEvent id="other" /><bpmn:sequenceFlow id="f" sourceRef="failed" targetRef="other" />`,
      ),
    );

    const [host, event] = [boxes(xml).get('work'), boxes(xml).get('failed')];
    expect(event?.top).toBeLessThan(host?.bottom ?? NaN);
    expect(event?.bottom).toBeGreaterThan(host?.bottom ?? NaN);
  });

  it('puts five boundary events on the border of their host, none on another', async () => {
    const drawn = boxes(await layOutProcessModel(caseFile('bpmn', 'b07-boundary-crowd.bpmn').toString('utf8')));

    const host = drawn.get('charge');
    const events = ['refused', 'cancelled', 'closed', 'day_over', 'remind'].map((id) => drawn.get(id));
    for (const [place, event] of events.entries()) {
      expect(
        event !== undefined &&
          host !== undefined &&
          event.left >= host.left &&
          event.right <= host.right &&
          event.top < host.bottom &&
          event.bottom > host.bottom,
      ).toBe(true);
      for (const other of events.slice(place + 1))
        expect(event !== undefined && other !== undefined && overlaps(event, other)).toBe(false);
    }
  });

  it('draws every pool of a collaboration around its process, and the message flows between them', async () => {
    const second = `<bpmn:process id="delivery" isExecutable="true">${innerSequence}</bpmn:process>`;
    const collaboration = `<bpmn:collaboration id="together"><bpmn:participant id="shop" processRef="order" /><bpmn:participant id="courier" processRef="delivery" /><bpmn:participant id="customer" /><bpmn:messageFlow id="hand_over" sourceRef="work" targetRef="inner" /><bpmn:messageFlow id="arrival" sourceRef="inner" targetRef="customer" /></bpmn:collaboration>`;

    const xml = await layOutProcessModel(taskModel({}, { rootElements: second + collaboration }));

    const drawn = boxes(xml);
    expect(isInside(drawn.get('work'), drawn.get('shop'))).toBe(true);
    expect(isInside(drawn.get('inner'), drawn.get('courier'))).toBe(true);
    expect((drawn.get('shop')?.bottom ?? NaN) < (drawn.get('courier')?.top ?? NaN)).toBe(true);
    expect(xml).toContain('bpmnElement="together"');
    expect((await readProcessModel(xml)).hasDiagram).toBe(true);
  });

  it('draws each process of a model without collaboration in a diagram of its own', async () => {
    const second = `<bpmn:process id="delivery">${innerSequence}</bpmn:process>`;

    const xml = await layOutProcessModel(taskModel({}, { rootElements: second }));

    expect(xml.match(/<bpmndi:BPMNDiagram /g)).toHaveLength(2);
  });

  it('does not need <incoming> and <outgoing>', async () => {
    const xml = await layOutProcessModel(taskModel());

    expect(xml).not.toContain('<bpmn:incoming>');
    expect(xml.match(/<bpmndi:BPMNEdge /g)).toHaveLength(2);
  });

  it('draws 200 graphs of any shape completely, every inner element inside its sub-process', async () => {
    const next = seededRandom(1);
    let inside = 0;
    for (let run = 0; run < 200; run += 1) {
      const xml = await layOutProcessModel(model(randomGraph(next)));

      const drawn = boxes(xml);
      const document = parseXml(xml);
      expect(
        elementsToDraw(document).filter((element) => !drawnIds(document).has(attributeValue(element, 'id') ?? '')),
        `run ${run}`,
      ).toEqual([]);
      for (const element of descendants(document.root)) {
        const outer =
          element.parent?.localName === 'subProcess'
            ? drawn.get(attributeValue(element.parent, 'id') ?? '')
            : undefined;
        const inner =
          element.localName === 'boundaryEvent' ? undefined : drawn.get(attributeValue(element, 'id') ?? '');
        if (outer === undefined || inner === undefined) continue;
        inside += 1;
        expect(isInside(inner, outer), `run ${run}`).toBe(true);
      }
    }
    expect(inside).toBeGreaterThan(200);
  }, 30_000);

  it('draws 200 graphs so that no step overlaps another and no flow runs through a step', async () => {
    const next = seededRandom(2);
    let compared = 0;
    for (let run = 0; run < 200; run += 1) {
      const xml = await layOutProcessModel(model(randomGraph(next)));

      const drawn = boxes(xml);
      const lines = segments(xml);
      for (const scope of Array.from(descendants(parseXml(xml).root)).filter(
        ({ localName }) => localName === 'process' || localName === 'subProcess',
      )) {
        const siblings = childElements(scope).filter(({ localName }) => localName !== 'boundaryEvent');
        const steps = siblings.flatMap((element) => {
          const box = drawn.get(attributeValue(element, 'id') ?? '');
          return box === undefined ? [] : { element, box };
        });
        const flows = siblings.flatMap((element) =>
          element.localName === 'sequenceFlow' ? (lines.get(attributeValue(element, 'id') ?? '') ?? []) : [],
        );
        compared += steps.length * flows.length;
        steps.forEach(({ element, box }, index) => {
          for (const other of steps.slice(index + 1))
            expect(overlaps(box, other.box), `run ${run}: ${JSON.stringify([box, other.box])}`).toBe(false);
          for (const piece of flows)
            expect(runsThrough(piece, box, element), `run ${run}: ${JSON.stringify([box, piece])}`).toBe(false);
        });
      }
    }
    expect(compared).toBeGreaterThan(1_000);
  }, 30_000);

  it('writes notes and data above the steps, and their associations', async () => {
    const xml = await layOutProcessModel(
      model(
        `${sequence(task('work'))}<bpmn:dataObject id="data" /><bpmn:dataObjectReference id="order_data" dataObjectRef="data" /><bpmn:textAnnotation id="note"><bpmn:text>why</bpmn:text></bpmn:textAnnotation><bpmn:association id="link" sourceRef="work" targetRef="note" />`,
      ),
    );

    const drawn = boxes(xml);
    expect(drawn.get('note')?.bottom).toBeLessThan(drawn.get('work')?.top ?? NaN);
    expect(drawn.has('order_data')).toBe(true);
    expect(xml).toContain('bpmnElement="link"');
  });

  it('leaves out what cannot be drawn', async () => {
    const dangling = model(
      `${sequence(task('work'))}<bpmn:sequenceFlow id="lost" sourceRef="work" targetRef="nowhere" />`,
    );

    const xml = await layOutProcessModel(dangling);

    expect(xml).toContain('bpmnElement="to_work"');
    expect(xml).not.toContain('bpmnElement="lost"');
  });
});
