import { bpmnChildren, extensionAttribute } from '../bpmn/engine-view.ts';
import { executedElements } from '../bpmn/execution.ts';
import { holdsExpression } from '../expressions/expression-value.ts';
import { attributeValue } from '../xml/xml-tree.ts';
import type { DocumentRule, LintOptions, Report } from './rule.ts';
import type { XmlDocument } from '../xml/xml-tree.ts';

export const calledDefinitions: DocumentRule = {
  id: 'called-definitions',
  severity: 'warning',
  what: 'Every process and decision that is called by its key is known: in the same file, deployed with it, or already deployed.',
  why: 'The instance stops with an incident when it gets there.',
  remedy: 'Deploy what is called too, before or together with this model, or correct the key.',
  fixable: false,
  *check(document, options): Iterable<Report> {
    yield* calledProcesses(document, options);
    yield* calledDecisions(document, options);
  },
};

function* calledProcesses(document: XmlDocument, { knownProcesses }: LintOptions): Iterable<Report> {
  if (knownProcesses === undefined) return;
  const here = new Set(bpmnChildren(document.root, 'process').map((process) => attributeValue(process, 'id')));
  for (const element of executedElements(document, new Set(['callActivity']))) {
    const key = attributeValue(element, 'calledElement') ?? '';
    if (key === '' || isComputed(key) || here.has(key) || knownProcesses.has(key)) continue;
    yield { element, message: `The process "${key.slice(0, 60)}" is called, and nobody knows it here` };
  }
}

function* calledDecisions(document: XmlDocument, { knownDecisions }: LintOptions): Iterable<Report> {
  if (knownDecisions === undefined) return;
  for (const element of executedElements(document, new Set(['businessRuleTask']))) {
    const key = extensionAttribute(element, 'decisionRef')?.value ?? '';
    if (key === '' || isComputed(key) || knownDecisions.has(key)) continue;
    yield { element, message: `The decision "${key.slice(0, 60)}" is asked, and nobody knows it here` };
  }
}

function isComputed(key: string): boolean {
  return holdsExpression(key);
}
