import { readFileSync } from 'node:fs';
import { caseFile, caseNames, sampled, sampleSeed, sampleTimeout, seededRandom } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import { isProcessModelError } from './errors.ts';
import { fixProcessModel } from './fix-process-model.ts';
import { layOutProcessModel } from './lay-out-process-model.ts';
import { lintProcessModel } from './lint-process-model.ts';
import { readProcessModel } from './read-process-model.ts';
import { drawnParts } from './fixtures/drawing.ts';
import { model, sequence, task, taskModel } from './fixtures/model-builder.ts';
import { randomGraph } from './fixtures/random.ts';
import { decodeModel } from './xml/decode-model.ts';

const modelCase = (name: string): string => decodeModel(caseFile('bpmn', name));
const foreign = modelCase('b03-foreign-ids.bpmn');
const shipped = readFileSync(
  new URL('../../../processes/system/ai_query_process/ai_query_process.bpmn', import.meta.url),
  'utf8',
);

/** What every repair keeps to: all that is said to be repaired is, at once, and nothing else is touched. */
async function expectWholeRepair(xml: string, name: string): Promise<void> {
  const before = await lintProcessModel(xml);
  const repaired = await fixProcessModel(xml).catch((error: unknown) => error);
  if (repaired instanceof Error) {
    expect(isProcessModelError(repaired), `${name}: ${repaired.message}`).toBe(true);
    expect(
      before.filter(({ fixable }) => fixable),
      name,
    ).toEqual([]);
    return;
  }
  const once = repaired as Awaited<ReturnType<typeof fixProcessModel>>;
  const after = await lintProcessModel(once.xml);
  expect(
    after.filter(({ fixable }) => fixable),
    name,
  ).toEqual([]);
  expect(await fixProcessModel(once.xml), name).toEqual({ xml: once.xml, applied: [] });
  if (once.applied.length === 0) expect(once.xml, name).toBe(xml);
  if (before.some(({ fixable }) => fixable)) expect(once.applied, name).not.toEqual([]);
}

describe('a repair', () => {
  it(
    `takes away all that is fixable, twice changes nothing, and a clean file stays untouched: inputs that once failed (seed ${sampleSeed})`,
    async () => {
      for (const name of sampled(caseNames('bpmn'), 15)) await expectWholeRepair(modelCase(name), name);
    },
    sampleTimeout,
  );

  it(
    `does so for random models with ids and references cut out, whatever is missing (seed ${sampleSeed})`,
    async () => {
      for (const run of sampled(
        Array.from({ length: 100 }, (_, index) => index),
        5,
      )) {
        const next = seededRandom(run);
        const whole = run % 2 === 0 ? model(randomGraph(next)) : await layOutProcessModel(model(randomGraph(next)));
        const cut = whole.replaceAll(
          / (?:id|bpmnElement|attachedToRef|targetRef)="[^"]*"|<bpmndi:BPMN(?:Shape|Edge)[\s\S]*?<\/bpmndi:BPMN(?:Shape|Edge)>/g,
          (found) => (next() < 0.05 ? '' : found),
        );

        await expectWholeRepair(cut, `run ${run}`);
      }
    },
    sampleTimeout,
  );
});

describe('ids of other tools', () => {
  it('are renamed at once with everything that names them; the drawing stays, the new process key is told', async () => {
    const { xml, applied } = await fixProcessModel(foreign);

    expect((await lintProcessModel(xml)).filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(applied[0]?.description).toBe(
      'b1a7c0de-0000-4000-8000-000000000001 is the new process key; it was {b1a7c0de-0000-4000-8000-000000000001}',
    );
    const numbers = (text: string): string[] => [...text.matchAll(/<d[ci]:[^>]*>/g)].map(([tag]) => tag);
    expect(numbers(xml)).toEqual(numbers(foreign));
    expect((await readProcessModel(xml)).hasDiagram).toBe(true);
    expect(xml).toContain('default="eventdef-Boundary_event-1"');
    expect(xml).toContain('${amount &gt; 100}');
  });

  it('are said to be fixable before, all of them', async () => {
    const findings = await lintProcessModel(foreign);

    expect(findings.filter(({ severity, fixable }) => severity === 'error' && !fixable)).toEqual([]);
  });

  it('are followed by boundary events, lanes, messages, data, associations, calls in the same file and mapped errors', async () => {
    const xml = model(
      `<bpmn:laneSet id="l s"><bpmn:lane id="1"><bpmn:flowNodeRef> t 1 </bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
      ${sequence(task('t 1', { extensions: '<camunda:errorEventDefinition id="x" errorRef="e 1" expression="${true}" />' }), '<bpmn:callActivity id="c" calledElement="order 2" />', '<bpmn:receiveTask id="r" messageRef="tns:m 1" />')}
      <bpmn:boundaryEvent id="b" attachedToRef="t 1"><bpmn:errorEventDefinition id="d" errorRef="e 1" /></bpmn:boundaryEvent>
      <bpmn:dataObject id="o 1" /><bpmn:dataObjectReference id="or" dataObjectRef="o 1" />
      <bpmn:textAnnotation id="n 1"><bpmn:text>t 1</bpmn:text></bpmn:textAnnotation><bpmn:association id="a" sourceRef="t 1" targetRef="n 1" />`,
      {
        rootElements:
          '<bpmn:error id="e 1" name="E" errorCode="E" /><bpmn:message id="m 1" name="M" /><bpmn:process id="order 2" isExecutable="false" />',
      },
    );

    const { xml: fixed } = await fixProcessModel(xml);

    for (const part of [
      '<bpmn:flowNodeRef> t_1 </bpmn:flowNodeRef>',
      'errorRef="e_1" expression="${true}"',
      'attachedToRef="t_1"',
      'id="d" errorRef="e_1"',
      'dataObjectRef="o_1"',
      'sourceRef="t_1" targetRef="n_1"',
      'calledElement="order_2"',
      'messageRef="m_1"',
      '<bpmn:text>t 1</bpmn:text>',
    ]) {
      expect(fixed).toContain(part);
    }
  });

  it('never take an id that is there already', async () => {
    const { xml } = await fixProcessModel(model(sequence(task('a 1'), task('a_1'), task('a:1'))));

    expect([...xml.matchAll(/<bpmn:serviceTask id="([^"]+)"/g)].map(([, id]) => id)).toEqual(['a_1_2', 'a_1', 'a_1_3']);
  });
});

describe('deleted ids', () => {
  /** Those of BPMN and its diagram: nothing names a form field or its values. */
  const ids = [...shipped.matchAll(/ id="([^"]*)"/g)].filter(
    ({ index }) => !shipped.slice(shipped.lastIndexOf('<', index), index).startsWith('<camunda:'),
  );

  it(
    `of a shipped process come back where others still name them, and its drawing is whole (seed ${sampleSeed})`,
    async () => {
      expect(ids.length).toBeGreaterThan(50);
      for (const { 0: attribute, 1: id = '', index } of sampled(ids, 8)) {
        const cut = shipped.slice(0, index) + shipped.slice(index + attribute.length);
        const broken = (await lintProcessModel(cut)).some(({ severity }) => severity === 'error');
        if (!broken) continue;
        const { xml } = await fixProcessModel(cut);
        const left = (await lintProcessModel(xml)).filter(({ severity }) => severity === 'error');

        expect(
          left.map(({ message }) => message),
          id,
        ).toEqual([]);
        expect([...drawnParts(xml).keys()], id).toEqual([...drawnParts(shipped).keys()]);
      }
    },
    sampleTimeout,
  );

  it('stay away where two elements could be meant', async () => {
    const two = taskModel()
      .replace(' id="begin"', '')
      .replace(' id="done"', '')
      .replaceAll('sourceRef="begin"', 'sourceRef="gone"')
      .replaceAll('targetRef="done"', 'targetRef="gone"');

    const { xml } = await fixProcessModel(two);

    expect(xml).not.toContain(' id="gone"');
  });
});
