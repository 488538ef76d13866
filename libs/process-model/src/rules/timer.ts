import { extensionAttribute, isBpmn } from '../bpmn/engine-view.ts';
import { executedElements, startsProcess } from '../bpmn/execution.ts';
import { valueForm, variablesOf } from '../expressions/expression-value.ts';
import { cycleFault } from '../times/cycle.ts';
import { isDateTime } from '../times/date-time.ts';
import { isDuration, isPeriod } from '../times/duration.ts';
import { childElements, directText } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

interface TimeForm {
  readonly what: string;
  readonly remedy: string;
  /** What is wrong with a text of this form. */
  readonly fault: (text: string) => string | undefined;
}

const datesRemedy =
  'Write a date as 2030-04-30T12:00:00Z, without Z or offset it is local time; or a duration from now, such as P3D.';
const isDate = (text: string): string | undefined =>
  (text.startsWith('P') ? isPeriod(text) : isDateTime(text)) ? undefined : 'it is no date that exists';

const forms: Readonly<Record<string, TimeForm>> = {
  timeDuration: {
    what: 'duration',
    remedy:
      'Write a duration as PT30S, PT5M, PT24H, P3D or P2W: days before the T, hours, minutes and seconds behind it, fractions for seconds only.',
    fault: (text) =>
      isDuration(text) || (text.includes('/') && cycleFault(text) === undefined) ? undefined : 'it is no duration',
  },
  timeDate: { what: 'date', remedy: datesRemedy, fault: isDate },
  timeCycle: {
    what: 'cycle',
    remedy:
      'Write R3/PT10M for three times every ten minutes, R/PT10M for ever, or cron with six fields, seconds first: 0 0 9 * * MON-FRI.',
    fault: cycleFault,
  },
};

export const timer: DocumentRule = {
  id: 'timer',
  severity: 'error',
  what: 'Timers and due dates say one time, in the form that the engine reads: ISO 8601, or cron with six fields for cycles.',
  why: 'A start timer is refused when it is deployed; any other stops the instance with an incident when it gets there.',
  remedy: 'Write the time as the message says.',
  fixable: false,
  *check(document): Iterable<Report> {
    for (const definition of executedElements(document, new Set(['timerEventDefinition'])))
      yield* checkDefinition(definition);
    for (const task of executedElements(document, new Set(['userTask']))) {
      for (const name of ['dueDate', 'followUpDate']) {
        const text = extensionAttribute(task, name)?.value ?? '';
        const fault = text === '' || valueForm(text).form !== 'text' ? undefined : isDate(text);
        if (fault !== undefined)
          yield {
            element: task,
            message: `The ${name} "${text.slice(0, 60)}" cannot be read: ${fault}`,
            remedy: datesRemedy,
          };
      }
    }
  },
};

function* checkDefinition(definition: XmlElement): Iterable<Report> {
  const times = childElements(definition).filter((child) => isBpmn(child) && Object.hasOwn(forms, child.localName));
  if (times.length > 1) {
    yield {
      element: definition,
      message: `The timer has ${times.length} times: ${times.map(({ localName }) => localName).join(' and ')}`,
      remedy: 'Keep one of them; use two events for two times.',
    };
  }
  for (const time of times) {
    const form = forms[time.localName];
    const text = directText(time).trim();
    if (form === undefined) continue;
    if (text === '') yield { element: definition, message: `The ${form.what} is empty`, remedy: form.remedy };
    else yield* checkTime(definition, form, text);
  }
}

function* checkTime(element: XmlElement, { what, remedy, fault }: TimeForm, text: string): Iterable<Report> {
  const value = valueForm(text);
  const shown = text.slice(0, 60);
  if (value.form === 'text') {
    const found = text.startsWith('=') ? 'it is FEEL, which this engine does not know' : fault(text);
    if (found !== undefined) yield { element, message: `The ${what} "${shown}" cannot be read: ${found}`, remedy };
  } else if (
    value.form === 'expression' &&
    (value.gives === 'number' || value.gives === 'boolean' || value.gives === 'nothing')
  ) {
    yield { element, message: `The ${what} ${shown} is never a text`, remedy };
  } else if (
    element.parent !== undefined &&
    startsProcess(element.parent) &&
    (value.form === 'mixed' || (value.form === 'expression' && variablesOf(value.tokens).length > 0))
  ) {
    yield {
      element,
      message: `The start timer reads a variable, ${shown}, and there is none before the process has started`,
      remedy: `Write the time itself. ${remedy}`,
    };
  }
}
