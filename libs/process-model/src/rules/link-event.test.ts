import { describe, expect, it } from 'vitest';
import { findingsOf } from '../fixtures/findings-of.ts';
import { model, task } from '../fixtures/model-builder.ts';

const link = (name: string): string => `<bpmn:linkEventDefinition id="l_${name.length}_${++count}" name="${name}" />`;
let count = 0;
const flow = (id: string, from: string, to: string): string =>
  `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}" />`;
const throwing = (id: string, name: string): string =>
  `<bpmn:intermediateThrowEvent id="${id}">${link(name)}</bpmn:intermediateThrowEvent>`;
const catching = (id: string, name: string): string =>
  `<bpmn:intermediateCatchEvent id="${id}">${link(name)}</bpmn:intermediateCatchEvent>`;
/** begin → work → away, and back → done. */
const around = (links: string, isReached = true): string =>
  model(
    `<bpmn:startEvent id="begin" />${task('work')}${flow('f1', 'begin', 'work')}${links}<bpmn:endEvent id="done" />${flow('f2', 'back', 'done')}${isReached ? flow('f3', 'work', 'away') : ''}`,
  );

describe('the rule link-event', () => {
  it('takes a pair, and several that go to one place', async () => {
    expect(await findingsOf('link-event', around(throwing('away', 'on') + catching('back', 'on')))).toEqual([]);
    expect(
      await findingsOf(
        'link-event',
        around(throwing('away', 'on') + throwing('too', 'on') + catching('back', 'on') + flow('f4', 'work', 'too')),
      ),
    ).toEqual([]);
  });

  it('refuses a link that a flow leads to and that goes nowhere', async () => {
    expect(await findingsOf('link-event', around(throwing('away', 'on') + catching('back', 'off')))).toEqual([
      'error away: No link event of this name continues "on"',
      'warning back: No link event leads to "off"',
    ]);
    expect(await findingsOf('link-event', around(throwing('away', 'on') + catching('back', 'off'), false))).toEqual([
      'warning away: No link event of this name continues "on"',
      'warning back: No link event leads to "off"',
    ]);
  });

  it('refuses two places of one name, wherever they are', async () => {
    expect(
      await findingsOf(
        'link-event',
        around(throwing('away', 'on') + catching('back', 'on') + catching('again', 'on') + flow('f4', 'again', 'done')),
      ),
    ).toEqual(['error again: Another link event continues "on" too']);
  });

  it('refuses a link that would leave its sub-process', async () => {
    const inside = `<bpmn:subProcess id="sub"><bpmn:startEvent id="s" />${throwing('away', 'on')}${flow('sf', 's', 'away')}</bpmn:subProcess>${flow('f4', 'work', 'sub')}`;

    expect(await findingsOf('link-event', around(inside + catching('back', 'on'), false))).toEqual([
      'error away: The link event that continues "on" lies in another sub-process or process',
    ]);
  });

  it.each(['', ' '])('warns of the name "%s", which the engine takes for a name', async (name) => {
    expect(await findingsOf('link-event', around(throwing('away', name) + catching('back', name)))).toEqual([
      'warning away: The link event has no name',
      'warning back: The link event has no name',
    ]);
  });
});
