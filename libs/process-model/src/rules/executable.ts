import { bpmnChildren } from '../bpmn/engine-view.ts';
import { attributeValue } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';

export const executable: DocumentRule = {
  id: 'executable',
  severity: 'error',
  what: 'The model holds at least one process, with an id and isExecutable="true".',
  why: 'The engine deploys executable processes only; any other model deploys to nothing, without a word.',
  remedy: 'Set isExecutable="true" on the process that is meant to run.',
  fixable: false,
  *check({ root }): Iterable<Report> {
    const processes = bpmnChildren(root, 'process');
    if (processes.length === 0) yield { element: root, message: 'The model holds no process' };
    else if (!processes.some((process) => attributeValue(process, 'isExecutable') === 'true')) {
      yield { element: processes[0] ?? root, message: 'No process of the model is executable' };
    }
    for (const process of processes) {
      if ((attributeValue(process, 'id') ?? '') === '') yield { element: process, message: 'The process has no id' };
    }
  },
};
