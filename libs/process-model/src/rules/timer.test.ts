import { describe, expect, it } from 'vitest';
import { startedBy, timerWith } from '../fixtures/event-models.ts';
import { findingsOf } from '../fixtures/findings-of.ts';
import { model, sequence } from '../fixtures/model-builder.ts';

const timed = (kind: 'timeDuration' | 'timeDate' | 'timeCycle', text: string): string =>
  `<bpmn:${kind}>${text}</bpmn:${kind}>`;

describe('the rule timer', () => {
  it.each([
    ...[
      'PT5M',
      'P1D',
      'PT24H',
      'P1Y2M3DT4H5M6S',
      'PT0.5S',
      'P2W',
      'P0D',
      'R3/PT5M',
      '${pause}',
      'PT${minutes}M',
      ' PT5M ',
    ].map((text) => ['timeDuration', text] as const),
    ...[
      '2030-04-30T12:00:00Z',
      '2030-04-30T12:00:00+02:00',
      '2030-04-30T12:00:00.123+0200',
      '2030-04-30',
      '2030-04-30T12:00',
      '2028-02-29T00:00:00',
      'P3D',
      'P1WT2H',
      '${due}',
    ].map((text) => ['timeDate', text] as const),
    ...[
      'R3/PT10M',
      'R/PT1H',
      'R5/2030-01-01T00:00:00Z/PT1H',
      'R5/PT1H/2030-01-01T00:00:00Z',
      '0 0/5 * * * ?',
      '0 0 9 * * MON-FRI',
      '0 0 12 L * ?',
      '0 15 10 ? * 6#3',
      '@daily',
      '0 */10 8-18 1,15 JAN-MAR *',
    ].map((text) => ['timeCycle', text] as const),
  ])('takes the %s %s', async (kind, text) => {
    expect(await findingsOf('timer', timerWith(timed(kind, text)))).toEqual([]);
  });

  it.each([
    ...[
      'PT1D',
      '10',
      '5 minutes',
      'pt5m',
      'PT',
      'P',
      'P1H',
      'PT1.5H',
      'P1WT1H',
      '-PT5M',
      '=duration("PT5M")',
      'PT5M PT6M',
      '${5}',
      '${1 + 1}',
    ].map((text) => ['timeDuration', text] as const),
    ...[
      '2027-04-31T10:00:00Z',
      '2027-02-29',
      '01.03.2027 10:00',
      '2027-03-01 10:00',
      'tomorrow',
      '2027-13-01',
      '2027-03-01T25:00:00',
      'PT',
    ].map((text) => ['timeDate', text] as const),
    ...[
      '*/5 * * * *',
      'PT10S/R3',
      'PT10M',
      'R3',
      'R3/10M',
      'Rx/PT1M',
      '0 0 25 * * ?',
      '0 0 9 * * MON-FRI 2030',
      '@never',
      '0 0 9 32 * ?',
      '0 61 * * * *',
    ].map((text) => ['timeCycle', text] as const),
  ])('refuses the %s %s', async (kind, text) => {
    const findings = await findingsOf('timer', timerWith(timed(kind, text)));

    expect(findings).toEqual([
      expect.stringMatching(/^error timer: The (?:duration|date|cycle) .+(?:cannot be read: .+|is never a text)$/),
    ]);
  });

  it('says how many fields a cron expression has, and which one is wrong', async () => {
    expect(await findingsOf('timer', timerWith(timed('timeCycle', '*/5 * * * *')))).toEqual([
      'error timer: The cycle "*/5 * * * *" cannot be read: it has 5 fields, and six are needed, seconds first',
    ]);
    expect(await findingsOf('timer', timerWith(timed('timeCycle', '0 0 25 * * ?')))).toEqual([
      'error timer: The cycle "0 0 25 * * ?" cannot be read: "25" is no hour',
    ]);
  });

  it('refuses two times in one timer', async () => {
    const both = timed('timeDate', '2030-04-30') + timed('timeDuration', 'PT5M');

    expect(await findingsOf('timer', timerWith(both))).toEqual([
      'error timer: The timer has 2 times: timeDate and timeDuration',
    ]);
  });

  it('refuses variables in the timer that starts a process, where there are none yet', async () => {
    const start = (text: string): string =>
      startedBy(`<bpmn:timerEventDefinition id="timer">${timed('timeDuration', text)}</bpmn:timerEventDefinition>`);

    expect(await findingsOf('timer', start('${pause}'))).toEqual([
      'error timer: The start timer reads a variable, ${pause}, and there is none before the process has started',
    ]);
    expect(await findingsOf('timer', start('PT5M'))).toEqual([]);
  });

  it('judges the dates of user tasks', async () => {
    expect(
      await findingsOf(
        'timer',
        model(sequence('<bpmn:userTask id="ask" camunda:dueDate="tomorrow" camunda:followUpDate="${when}" />')),
      ),
    ).toEqual(['error ask: The dueDate "tomorrow" cannot be read: it is no date that exists']);
  });
});
