import { describe, expect, it } from 'vitest';
import { readBpmn } from './read-bpmn.ts';

const model = (inside: string) =>
  `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"><bpmn:process id="p">${inside}</bpmn:process></bpmn:definitions>`;

describe('sentences of the reader of BPMN', () => {
  it.each([
    ['<bpmn:nothing />', 'unknown type <bpmn:Nothing>'],
    ['<bpmn:laneSet id="l"><bpmn:task id="t" /></bpmn:laneSet>', 'unrecognized element <bpmn:task>'],
    ['<bpmn:task id="t"><bpmn:incoming>a<bpmn:b /></bpmn:incoming></bpmn:task>', 'expected no sub nodes'],
  ])('say that the schema forbids %s', async (inside, reason) => {
    const { warnings } = await readBpmn(model(inside));

    expect(warnings[0]).toMatchObject({
      message: expect.stringMatching(new RegExp(`^unparsable content .* detected \\(${reason}\\)$`)) as string,
      breaksSchema: true,
    });
  });

  it('say of anything else that it is dropped', async () => {
    const { warnings } = await readBpmn(model('<bpmn:sequenceFlow id="f" sourceRef="gone" targetRef="gone" />'));

    expect(warnings[0]).toMatchObject({ message: 'unresolved reference <gone>', breaksSchema: false });
  });

  it('give the reason of a text that cannot be read behind what is said first', async () => {
    await expect(readBpmn('<a></b>')).rejects.toMatchObject({
      message: expect.stringMatching(/unparsable content.*closing tag mismatch/) as string,
    });
  });
});
