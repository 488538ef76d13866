import { bpmnChildren, extensionAttribute } from '../bpmn/engine-view.ts';
import { executedElements } from '../bpmn/execution.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

/** What each of these old attributes cannot do without. */
const needed: readonly (readonly [string, readonly string[]])[] = [
  ['link', ['src', 'dst']],
  ['linkExpr', ['srcExpr', 'dst']],
  ['src', ['dst']],
  ['srcExpr', ['dst']],
];

export const propertyVariables: DocumentRule = {
  id: 'property-variables',
  severity: 'error',
  what: 'A <property> of a user task that is filled from a variable or expression says from which, and into which variable.',
  why: 'The engine takes the model, and no instance gets past the start of the task.',
  remedy: 'Use <camunda:inputOutput> with an <camunda:inputParameter> instead, or add the attributes that are missing.',
  fixable: false,
  *check(document): Iterable<Report> {
    for (const task of executedElements(document, new Set(['userTask'])))
      for (const element of bpmnChildren(task, 'property')) yield* checkProperty(element);
  },
};

/** One fault is told: what is missing for one attribute is mostly missing for the others too. */
function* checkProperty(element: XmlElement): Iterable<Report> {
  const has = (name: string): boolean => extensionAttribute(element, name) !== undefined;
  for (const [name, others] of needed) {
    const missing = has(name) ? others.filter((other) => !has(other)) : [];
    if (missing.length === 0) continue;
    const list = missing.map((other) => `camunda:${other}`).join(' and ');
    yield { element, message: `The property has camunda:${name} without ${list}` };
    return;
  }
}
