import { executedElements } from '../bpmn/execution.ts';
import { schemaInstanceNamespace } from '../bpmn/namespaces.ts';
import { valueForm } from '../expressions/expression-value.ts';
import { splitQualifiedName } from '../xml/qualified-name.ts';
import { attributeValue, directText } from '../xml/xml-tree.ts';
import { hyphenatedName } from './hyphenated-name.ts';
import type { ValueKind } from '../expressions/expression-value.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

const conditions: ReadonlySet<string> = new Set(['conditionExpression', 'condition', 'completionCondition']);
const shownLength = 60;

export const condition: DocumentRule = {
  id: 'condition',
  severity: 'error',
  what: 'A condition is one expression ${…} that is true or false.',
  why: 'The engine takes any other text as it is, neither true nor false, and stops with an incident when it gets there.',
  remedy:
    'Write a comparison such as ${amount > 100} or ${status == "open"}, or a variable that is true or false: ${approved}.',
  fixable: false,
  *check(document): Iterable<Report> {
    for (const element of executedElements(document, conditions)) {
      yield* checkType(element);
      if (attributeValue(element, 'language') !== undefined) continue; // no-script has it
      const fault = faultOf(directText(element).trim());
      if (fault !== undefined) yield { element, ...fault };
    }
  },
};

/** The engine knows `tFormalExpression` only, although the schema has `tExpression` too. */
function* checkType(element: XmlElement): Iterable<Report> {
  const type = element.attributes.find(
    ({ localName, uri }) => localName === 'type' && uri === schemaInstanceNamespace,
  )?.value;
  if (
    type === undefined ||
    element.localName === 'completionCondition' ||
    splitQualifiedName(type).localName === 'tFormalExpression'
  )
    return;
  yield {
    element,
    message: `The condition has the type ${type.slice(0, shownLength)}, which the engine refuses`,
    remedy: 'Write xsi:type="bpmn:tFormalExpression", or leave the attribute out.',
  };
}

type Fault = Pick<Report, 'message' | 'remedy'>;

const kinds: Readonly<Partial<Record<ValueKind, string>>> = { number: 'a number', text: 'a text', nothing: 'nothing' };

function faultOf(text: string): Fault | undefined {
  if (text === '')
    return {
      message: 'The condition is empty',
      remedy: 'Write the condition, or remove the element <conditionExpression>.',
    };
  const value = valueForm(text);
  switch (value.form) {
    case 'broken':
      return undefined; // safe-expressions says why
    case 'mixed':
      return {
        message: `The condition ${shown(text)} is more than one expression, and so always a text`,
        remedy: 'Put all of it into one pair of braces: ${a && b}.',
      };
    case 'text':
      return text.startsWith('=') ? feelFault(text) : textFault(text);
    case 'expression': {
      const kind = kinds[value.gives];
      if (kind !== undefined) return { message: `The condition ${shown(text)} is always ${kind}, never true or false` };
      const name = hyphenatedName(text);
      if (name === undefined) return undefined;
      return {
        message: `In the condition ${shown(text)}, "${name}" is read as ${name.split('-').join(' minus ')}`,
        remedy: `A variable in an expression has no hyphen in its name: give it another, such as ${name.replaceAll('-', '_')}. If a subtraction is meant, put spaces around the minus.`,
      };
    }
  }
}

function textFault(text: string): Fault {
  const message = `The condition ${shown(text)} is plain text, neither true nor false`;
  const bare = text.replace(/^[$#]?\{?\s*/, '').replace(/\s*\}$/, '');
  return {
    message,
    remedy: text.length <= shownLength ? `Write it as an expression: \${${bare}}` : 'Write it as an expression: ${…}',
  };
}

/** FEEL is the language of Camunda 8; here it is only a text that begins with "=". */
function feelFault(text: string): Fault {
  const remedy =
    'Write it in the language of this engine, for example ${amount > 100 && status == "open"} instead of "= amount > 100 and status = \\"open\\"".';
  return {
    message: `The condition ${shown(text)} is FEEL, which this engine does not know: it takes it for a text`,
    remedy,
  };
}

function shown(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > shownLength ? `${line.slice(0, shownLength)}…` : line;
}
