import { caseFile } from '@procos/testing';
import { expect, it } from 'vitest';
import { findingsOf } from '../fixtures/findings-of.ts';

const several = caseFile('bpmn', 'multi_event_def.bpmn')
  .toString('utf8')
  .replace('messageRef="m"', 'messageRef="gone"');
const one = several.replace(/<bpmn:timerEventDefinition[\s\S]*?<\/bpmn:timerEventDefinition>/, '');

it('a reference that leads nowhere is refused', async () => {
  expect(await findingsOf('referenced-ids', one)).toEqual(['error d: messageRef names "gone", which does not exist']);
});

it('one of several triggers of an event, of which the engine reads one only, is warned of', async () => {
  expect(await findingsOf('referenced-ids', several)).toEqual([
    'warning d: messageRef names "gone", which does not exist',
  ]);
});
