import { extensionAttribute } from '../bpmn/engine-view.ts';
import { bpmnElements } from '../bpmn/references.ts';
import type { DocumentRule, Report } from './rule.ts';

/** The engine warns "Ignoring unsupported activity type" for the first two and does not know the others. */
const unsupported: ReadonlySet<string> = new Set([
  'adHocSubProcess',
  'complexGateway',
  'callChoreography',
  'choreographyTask',
  'subChoreography',
  'implicitThrowEvent',
]);

export const supportedElements: DocumentRule = {
  id: 'supported-elements',
  severity: 'error',
  what: 'The model uses only elements that the engine executes: no ad-hoc sub-process, complex gateway, choreography or case.',
  why: 'The engine skips them silently, and with them the flows that lead through them.',
  remedy: 'Model it with sub-processes, inclusive gateways or messages.',
  fixable: false,
  *check(document): Iterable<Report> {
    for (const element of bpmnElements(document, unsupported)) {
      yield { element, message: `The engine does not execute <${element.name}>` };
    }
    for (const element of bpmnElements(document, new Set(['callActivity']))) {
      if (extensionAttribute(element, 'caseRef') !== undefined)
        yield {
          element,
          message: 'The engine runs no cases (CMMN)',
          remedy: 'Call a process: calledElement="process_key".',
        };
    }
  },
};
