import { bpmnChildren, namespaceOf } from '../bpmn/engine-view.ts';
import { camundaNamespace } from '../bpmn/namespaces.ts';
import { holdsDays } from '../times/days.ts';
import { attributeValue } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

/** The engine of Operaton reads this one attribute in no older namespace. */
const readNamespaces: ReadonlySet<string> = new Set([camundaNamespace, 'http://operaton.org/schema/1.0/bpmn']);

export const historyTimeToLive: DocumentRule = {
  id: 'history-time-to-live',
  severity: 'error',
  what: 'Every executable process says how long its history is kept: camunda:historyTimeToLive="P30D".',
  why: 'The engine refuses the deployment without it, because history would grow for ever.',
  remedy: 'Add camunda:historyTimeToLive="P30D" (thirty days) to <bpmn:process>.',
  fixable: true,
  *check({ root }): Iterable<Report> {
    for (const process of bpmnChildren(root, 'process')) {
      if (attributeValue(process, 'isExecutable') !== 'true') continue;
      const value = timeToLive(process) ?? '';
      if (value === '') yield { element: process, message: 'The process does not say how long its history is kept' };
      else if (!holdsDays(value)) {
        yield {
          element: process,
          message: `historyTimeToLive="${value.slice(0, 40)}" is not a number of days such as P30D`,
          fixable: false,
        };
      }
    }
  },
};

function timeToLive(process: XmlElement): string | undefined {
  return process.attributes.find(
    (attribute) => attribute.localName === 'historyTimeToLive' && readNamespaces.has(namespaceOf(attribute) ?? ''),
  )?.value;
}
