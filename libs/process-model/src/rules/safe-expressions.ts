import { isBpmn } from '../bpmn/engine-view.ts';
import { flowElementNames } from '../bpmn/vocabulary.ts';
import { refusedExpressions } from '../expressions/check-expressions.ts';
import { ancestors, directText, selfAndDescendants } from '../xml/xml-tree.ts';
import type { RefusedExpression } from '../expressions/check-expressions.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

export const safeExpressions: DocumentRule = {
  id: 'safe-expressions',
  severity: 'error',
  what: 'Expressions are ${…} with variables, literals, comparisons, boolean and arithmetical operators, ?: and texts such as execution.processInstanceId.',
  why: 'A method call in an expression reaches the Java runtime of the engine: it is remote code execution.',
  remedy: 'Prepare the value in a worker and use a plain variable; write ${…} instead of #{…}.',
  fixable: true,
  *check({ root }, { allowedExpressions }): Iterable<Report> {
    for (const element of selfAndDescendants(root)) {
      for (const { where, text } of evaluatedTexts(element)) {
        for (const refused of refusedExpressions(text, allowedExpressions)) yield report(element, where, refused);
      }
    }
  },
};

function report(element: XmlElement, where: string, { expression, reason, onlyDeferred }: RefusedExpression): Report {
  return { element, message: `${expression} in ${where} is refused: ${reason}`, fixable: onlyDeferred };
}

interface EvaluatedText {
  readonly where: string;
  readonly text: string;
}

/** Everything the engine may evaluate; what it never evaluates is the short list of exceptions below. */
function evaluatedTexts(element: XmlElement): EvaluatedText[] {
  const attributes = element.attributes
    .filter(({ name }) => !(name === 'name' && isPlainName(element)))
    .map(({ name, value }) => ({ where: `${element.localName}@${name}`, text: value }));
  return isPlainProse(element) ? attributes : [...attributes, { where: element.localName, text: directText(element) }];
}

/** The engine shows these names as they are; it evaluates the names of user tasks, messages and signals. */
function isPlainName(element: XmlElement): boolean {
  if (!isBpmn(element) || element.localName === 'userTask') return false;
  return flowElementNames.has(element.localName) || ['process', 'participant', 'lane'].includes(element.localName);
}

/** Notes for people; the documentation of a user task becomes the task's description and is evaluated. */
function isPlainProse(element: XmlElement): boolean {
  const parent = element.parent;
  if (parent === undefined || !isBpmn(element) || !isBpmn(parent)) return false;
  for (const ancestor of ancestors(element)) if (ancestor.localName === 'extensionElements') return false;
  if (element.localName === 'documentation') return parent.localName !== 'userTask';
  return element.localName === 'text' && parent.localName === 'textAnnotation';
}
