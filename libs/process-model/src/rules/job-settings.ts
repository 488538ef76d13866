import { extensionAttribute, extensionElements } from '../bpmn/engine-view.ts';
import { executedElements, judgedProcesses } from '../bpmn/execution.ts';
import { flowNodeNames } from '../bpmn/vocabulary.ts';
import { cycleFault } from '../times/cycle.ts';
import { isDuration } from '../times/duration.ts';
import { attributeValue, directText } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

export const jobSettings: DocumentRule = {
  id: 'job-settings',
  severity: 'error',
  what: 'Priorities are whole numbers or expressions, retry cycles durations; what continues asynchronously has flows with ids.',
  why: 'The engine refuses anything else; a retry cycle that it cannot read it ignores.',
  remedy: 'Write a whole number such as camunda:jobPriority="10".',
  fixable: false,
  *check(document): Iterable<Report> {
    for (const process of judgedProcesses(document)) yield* checkPriorities(process);
    const nameless = sourcesOfNamelessFlows(document);
    for (const element of executedElements(document, flowNodeNames)) {
      yield* checkPriorities(element);
      yield* checkAsync(element, nameless);
      for (const cycle of extensionElements(element, 'failedJobRetryTimeCycle'))
        yield* checkRetries(element, directText(cycle).trim());
    }
  },
};

function* checkPriorities(element: XmlElement): Iterable<Report> {
  for (const name of ['jobPriority', 'taskPriority']) {
    const value = extensionAttribute(element, name)?.value;
    if (value === undefined || isExpression(value) || isInteger(value)) continue;
    yield { element, message: `The ${name} "${value.slice(0, 40)}" is no whole number` };
  }
}

/** Exactly as the engine tells an expression from a number here. */
function isExpression(value: string): boolean {
  return /^\s*[$#]\{/.test(value);
}

/** Of 32 bits, as Java reads one. */
export function isInteger(value: string): boolean {
  return /^[+-]?\d{1,10}$/.test(value) && Math.abs(Number(value)) < 2 ** 31;
}

/** By scope, the ids of the steps that a flow without an id leaves. */
function sourcesOfNamelessFlows(document: XmlDocument): Map<XmlElement | undefined, Set<string | undefined>> {
  const sources = new Map<XmlElement | undefined, Set<string | undefined>>();
  for (const flow of executedElements(document, new Set(['sequenceFlow']))) {
    if (attributeValue(flow, 'id') !== undefined) continue;
    const inScope = sources.get(flow.parent) ?? new Set();
    sources.set(flow.parent, inScope.add(attributeValue(flow, 'sourceRef')));
  }
  return sources;
}

function* checkAsync(
  element: XmlElement,
  nameless: ReadonlyMap<XmlElement | undefined, ReadonlySet<string | undefined>>,
): Iterable<Report> {
  if (extensionAttribute(element, 'asyncAfter')?.value !== 'true') return;
  if (element.localName === 'eventBasedGateway')
    yield {
      element,
      message: 'An event-based gateway does not continue asynchronously',
      remedy: 'Remove camunda:asyncAfter; camunda:asyncBefore is possible.',
    };
  if (nameless.get(element.parent)?.has(attributeValue(element, 'id')) === true)
    yield {
      element,
      message: 'A flow that leaves this step has no id, and the step has asyncAfter',
      remedy: 'Give the flow an id.',
    };
}

function* checkRetries(element: XmlElement, text: string): Iterable<Report> {
  if (text === '' || isExpression(text)) return;
  const intervals = text.split(',').map((interval) => interval.trim());
  const fault = intervals.find(
    (interval) => !isDuration(interval) && (intervals.length > 1 || cycleFault(interval) !== undefined),
  );
  if (fault === undefined) return;
  yield {
    element,
    severity: 'warning',
    message: `The retry cycle "${text.slice(0, 40)}" cannot be read, and the engine's own three attempts are made`,
    remedy: 'Write R5/PT1M for five attempts a minute apart, or a list: PT1M,PT10M,PT1H.',
  };
}
