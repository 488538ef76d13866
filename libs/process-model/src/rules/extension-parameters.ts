import { bpmnChildren, isExtension } from '../bpmn/engine-view.ts';
import { attributeValue, childElements, selfAndDescendants } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

/** Attributes without which the engine refuses the extension element. */
const requiredAttributes: ReadonlyMap<string, readonly string[]> = new Map([
  ['inputParameter', ['name']],
  ['outputParameter', ['name']],
  ['entry', ['key']],
  ['formField', ['id', 'type']],
]);
const onlyOnce: ReadonlySet<string> = new Set(['inputOutput', 'formData', 'properties', 'failedJobRetryTimeCycle']);

export const extensionParameters: DocumentRule = {
  id: 'extension-parameters',
  severity: 'error',
  what: 'Inputs and outputs have names, form fields ids, passed variables source and target; <camunda:inputOutput> stands once in each element.',
  why: 'The engine refuses them otherwise.',
  remedy: 'Add the attribute that is missing, or merge the elements into one.',
  fixable: false,
  *check({ root }): Iterable<Report> {
    for (const element of selfAndDescendants(root)) {
      yield* checkContainers(element);
      if (isExtension(element)) yield* checkParameter(element);
    }
  },
};

function* checkContainers(element: XmlElement): Iterable<Report> {
  const extensions = bpmnChildren(element, 'extensionElements').flatMap(childElements).filter(isExtension);
  for (const name of onlyOnce) {
    if (extensions.filter(({ localName }) => localName === name).length > 1)
      yield { element, message: `The element has more than one <${name}>` };
  }
}

function* checkParameter(element: XmlElement): Iterable<Report> {
  const { localName, name } = element;
  const missing = requiredAttributes.get(localName)?.find((attribute) => !isGiven(element, attribute));
  if (missing !== undefined) yield { element, message: `<${name}> has no ${missing}` };
  if (localName === 'errorEventDefinition') yield* checkRaisedError(element);
  if (
    (localName !== 'in' && localName !== 'out') ||
    attributeValue(element, 'variables') === 'all' ||
    isGiven(element, 'businessKey')
  )
    return;
  if (!isGiven(element, 'source') && !isGiven(element, 'sourceExpression'))
    yield { element, message: `<${name}> has neither a source nor variables="all"` };
  else if (!isGiven(element, 'target')) yield { element, message: `<${name}> has no target` };
}

/** An error that the answer of a worker becomes; one without reference is nothing to the engine. */
function* checkRaisedError(element: XmlElement): Iterable<Report> {
  const reference = attributeValue(element, 'errorRef');
  if (reference === '') yield { element, message: `<${element.name}> has an empty errorRef` };
  if (reference !== undefined && attributeValue(element, 'expression') === undefined)
    yield {
      element,
      message: `<${element.name}> has no expression`,
      remedy: 'Write expression="${…}": the condition under which the answer of the worker is this error.',
    };
}

function isGiven(element: XmlElement, attribute: string): boolean {
  return (attributeValue(element, attribute) ?? '') !== '';
}
