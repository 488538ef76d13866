import { isExtension } from '../bpmn/engine-view.ts';
import { attributeValue, selfAndDescendants } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlAttribute, XmlElement } from '../xml/xml-tree.ts';

const codeAttributes: ReadonlySet<string> = new Set([
  'class',
  'delegateExpression',
  'variableMappingClass',
  'variableMappingDelegateExpression',
  'formHandlerClass',
]);
const codeElements: ReadonlySet<string> = new Set(['executionListener', 'taskListener', 'field', 'connector']);

export const noJava: DocumentRule = {
  id: 'no-java',
  severity: 'error',
  what: 'No Java classes, beans, listeners, form handlers, validators or connectors.',
  why: 'They run inside the engine with all its rights, for everyone who may deploy a model.',
  remedy: 'Do the work in a worker: make the task an external task with a topic of its own.',
  fixable: false,
  *check({ root }): Iterable<Report> {
    for (const element of selfAndDescendants(root)) {
      if (codeElements.has(element.localName) && isExtension(element)) {
        yield { element, message: `<${element.name}> runs code inside the engine` };
      }
      for (const { name } of codeAttributesOf(element)) {
        yield { element, message: `The attribute ${name} runs code inside the engine` };
      }
      if (isCustomValidator(element))
        yield { element, message: 'A custom form field validator runs code inside the engine' };
    }
  },
};

/** Attributes through which the engine would run code: its own ones, and plain ones on its extension elements. */
export function codeAttributesOf(element: XmlElement): XmlAttribute[] {
  return element.attributes.filter((attribute) => {
    if (isExtension(attribute)) return codeAttributes.has(attribute.localName) || attribute.localName === 'expression';
    return attribute.prefix === '' && codeAttributes.has(attribute.localName) && isExtension(element);
  });
}

function isCustomValidator(element: XmlElement): boolean {
  return element.localName === 'constraint' && attributeValue(element, 'name') === 'validator';
}
