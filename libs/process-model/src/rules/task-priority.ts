import { extensionAttribute } from '../bpmn/engine-view.ts';
import { executedElements } from '../bpmn/execution.ts';
import { holdsExpression } from '../expressions/expression-value.ts';
import { isInteger } from './job-settings.ts';
import type { DocumentRule, Report } from './rule.ts';

export const taskPriority: DocumentRule = {
  id: 'task-priority',
  severity: 'error',
  what: 'The priority of a user task is a whole number, or an expression that gives one.',
  why: 'The engine takes any text, and stops the instance when the task begins.',
  remedy: 'Write a whole number such as camunda:priority="50", or leave the attribute out.',
  fixable: false,
  *check(document): Iterable<Report> {
    for (const element of executedElements(document, new Set(['userTask']))) {
      const value = extensionAttribute(element, 'priority')?.value;
      if (value === undefined || holdsExpression(value) || isInteger(value)) continue;
      yield { element, message: `The priority "${value.slice(0, 40)}" is no whole number` };
    }
  },
};
