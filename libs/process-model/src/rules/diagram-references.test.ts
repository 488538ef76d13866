import { describe, expect, it } from 'vitest';
import { findingsOf } from '../fixtures/findings-of.ts';
import { taskModel } from '../fixtures/model-builder.ts';

const drawing = (content: string): string =>
  taskModel(
    {},
    {
      diagram: `<bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="p" bpmnElement="order">${content}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`,
    },
  );
const shape = (reference: string, bounds = 'x="0" y="0" width="36" height="36"'): string =>
  `<bpmndi:BPMNShape id="s" ${reference}><dc:Bounds ${bounds} /></bpmndi:BPMNShape>`;

describe('the rule diagram-references', () => {
  it.each([
    ['a shape of nothing', shape('bpmnElement="gone"'), '<bpmndi:BPMNShape> draws "gone", which does not exist'],
    ['a shape that does not say of what', shape(''), '<bpmndi:BPMNShape> does not say what it draws'],
    [
      'an edge of nothing',
      '<bpmndi:BPMNEdge id="e" bpmnElement="gone"><di:waypoint x="0" y="0" /><di:waypoint x="1" y="0" /></bpmndi:BPMNEdge>',
      '<bpmndi:BPMNEdge> draws "gone", which does not exist',
    ],
    [
      'a place without number',
      shape('bpmnElement="work"', 'x="left" y="0" width="36" height="36"'),
      '<dc:Bounds> has no number as x',
    ],
  ])('refuses %s, as the engine does', async (_what, content, message) => {
    expect(await findingsOf('diagram-references', drawing(content))).toEqual([`error definitions: ${message}`]);
  });

  it.each(['R3/PT1M', 'a:b:c', '${x}'])('refuses the reference %s of a plane, which is no name', async (name) => {
    expect(
      await findingsOf('diagram-references', drawing('').replace('bpmnElement="order"', `bpmnElement="${name}"`)),
    ).toContain(`error definitions: <bpmndi:BPMNPlane> draws "${name}", which is no name`);
  });

  it('takes shapes of elements, and of other ids of the file', async () => {
    expect(
      await findingsOf(
        'diagram-references',
        drawing(shape('bpmnElement="work"') + shape('bpmnElement="d"').replace('id="s"', 'id="s2"')),
      ),
    ).toEqual([]);
  });
});
