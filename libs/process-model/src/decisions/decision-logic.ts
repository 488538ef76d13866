import { attributeValue, childElements, descendants } from '../xml/xml-tree.ts';
import { decisionsOf } from './decisions-of.ts';
import type { DocumentRule, Report } from '../rules/rule.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

export const decisionLogic: DocumentRule = {
  id: 'decision-logic',
  severity: 'error',
  what: 'Every decision has an id and a table or a literal expression with a variable; no decision needs itself.',
  why: 'The engine refuses the file otherwise, or passes over the decision.',
  remedy: 'Complete the decision in a DMN modeler.',
  fixable: false,
  *check(document): Iterable<Report> {
    const decisions = decisionsOf(document);
    if (attributeValue(document.root, 'id') === undefined)
      yield { element: document.root, message: `<${document.root.name}> has no id` };
    if (decisions.length === 0)
      yield { element: document.root, severity: 'warning', message: 'There is no decision in the file' };
    for (const decision of decisions) {
      if (attributeValue(decision, 'id') === undefined) yield { element: decision, message: 'The decision has no id' };
      yield* checkLogic(decision);
    }
    yield* checkRequired(decisions);
    yield* checkCircles(decisions);
  },
};

const supported: ReadonlySet<string> = new Set(['decisionTable', 'literalExpression']);
const otherLogic: ReadonlySet<string> = new Set(['invocation', 'context', 'functionDefinition', 'relation', 'list']);

function* checkLogic(decision: XmlElement): Iterable<Report> {
  const children = childElements(decision);
  const logic = children.find(({ localName }) => supported.has(localName) || otherLogic.has(localName));
  if (logic === undefined || otherLogic.has(logic.localName))
    yield {
      element: decision,
      severity: 'warning',
      message:
        logic === undefined
          ? 'The decision has no logic'
          : `The decision is a <${logic.name}>, which the engine does not run`,
      remedy: 'The engine passes over it. Give it a decision table or a literal expression.',
    };
  else if (logic.localName === 'literalExpression' && !children.some(({ localName }) => localName === 'variable'))
    yield { element: decision, message: 'The literal expression has no variable for its result' };
}

function requiredBy(decision: XmlElement): string[] {
  return Array.from(descendants(decision)).flatMap((element) =>
    element.localName === 'requiredDecision' ? [(attributeValue(element, 'href') ?? '').replace(/^.*#/, '')] : [],
  );
}

/** Decisions of other files cannot be needed here: the engine looks in this one alone. */
function* checkRequired(decisions: readonly XmlElement[]): Iterable<Report> {
  const ids = new Set(decisions.map((decision) => attributeValue(decision, 'id')));
  for (const decision of decisions) {
    const gone = requiredBy(decision).find((id) => !ids.has(id));
    if (gone !== undefined)
      yield {
        element: decision,
        message: `The decision needs "${gone.slice(0, 60)}", and there is no decision of that id in the file`,
      };
  }
}

function* checkCircles(decisions: readonly XmlElement[]): Iterable<Report> {
  const required = new Map(decisions.map((decision) => [attributeValue(decision, 'id') ?? '', requiredBy(decision)]));
  for (const decision of decisions) {
    const id = attributeValue(decision, 'id') ?? '';
    const reached = new Set<string>();
    const open = [...(required.get(id) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (reached.has(next)) continue;
      reached.add(next);
      open.push(...(required.get(next) ?? []));
    }
    if (reached.has(id)) yield { element: decision, message: `The decision ${id.slice(0, 60)} needs itself` };
  }
}
