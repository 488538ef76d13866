import { isBpmn, isDiagram } from '../bpmn/engine-view.ts';
import { holdsName, isName } from '../bpmn/schema-types.ts';
import { isOnlyDrawn, judgedProcesses } from '../bpmn/execution.ts';
import { validReference } from '../bpmn/valid-id.ts';
import { ancestors, attributeValue, directText, selfAndDescendants } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

/** `Semantic.xsd`: attributes and elements of the type `xsd:IDREF`, which have to name an id of the same file. */
const idAttributes: readonly string[] = ['default', 'dataObjectRef', 'inputDataRef', 'outputDataRef'];
const idElements: ReadonlySet<string> = new Set([
  'flowNodeRef',
  'dataInputRefs',
  'optionalInputRefs',
  'whileExecutingInputRefs',
  'outputSetRefs',
  'dataOutputRefs',
  'optionalOutputRefs',
  'whileExecutingOutputRefs',
  'inputSetRefs',
  'sourceRef',
  'targetRef',
]);
export const schemaReferences: DocumentRule = {
  id: 'schema-references',
  severity: 'error',
  what: 'Lanes, data objects, default flows and the flows of every process name ids that exist in the file; references are names.',
  why: 'The engine validates against the schema and refuses the deployment, also for processes that it does not run.',
  remedy: 'Correct the reference, or remove it.',
  fixable: false,
  *check(document): Iterable<Report> {
    const ids = allIds(document);
    const judged = new Set(judgedProcesses(document));
    for (const element of selfAndDescendants(document.root)) {
      if (!isBpmn(element)) continue;
      for (const { what, value } of references(element, judged)) {
        if (!ids.has(value.trim()))
          yield { element, message: `${what} names "${value.trim().slice(0, 60)}", which does not exist` };
      }
      yield* checkNames(element);
    }
  },
};

/** The ids of the type `xsd:ID`: those of the model and of its diagram. */
function allIds({ root }: XmlDocument): Set<string> {
  const ids = new Set<string>();
  for (const element of selfAndDescendants(root)) {
    const id = attributeValue(element, 'id');
    if (id !== undefined && (isBpmn(element) || isDiagram(element))) ids.add(id.trim());
  }
  return ids;
}

function references(
  element: XmlElement,
  judged: ReadonlySet<XmlElement>,
): { readonly what: string; readonly value: string }[] {
  if (idElements.has(element.localName)) return [{ what: `<${element.name}>`, value: directText(element) }];
  const onlyDrawn = isOnlyDrawn(element, judged);
  if (element.localName === 'sequenceFlow' && onlyDrawn)
    return ['sourceRef', 'targetRef'].map((name) => ({ what: name, value: attributeValue(element, name) ?? '' }));
  // What runs is judged by referenced-ids, which knows more: its flows, and which of them is the default.
  const names = onlyDrawn ? idAttributes : idAttributes.filter((name) => name !== 'default');
  return names.flatMap((name) => {
    const value = attributeValue(element, name);
    return value === undefined ? [] : [{ what: name, value }];
  });
}

function* checkNames(element: XmlElement): Iterable<Report> {
  for (const { name, value } of element.attributes) if (isName(element, name)) yield* checkName(element, name, value);
  if (holdsName(element)) yield* checkName(element, `<${element.name}>`, directText(element));
}

function* checkName(element: XmlElement, what: string, value: string): Iterable<Report> {
  const text = value.trim();
  const prefix = text.includes(':') ? text.slice(0, text.indexOf(':')) : undefined;
  if (!validReference.test(text))
    yield {
      element,
      message: `${what} is "${text.slice(0, 60)}", which is no name`,
      remedy: 'Write the id of the element that is meant.',
    };
  else if (prefix !== undefined && !isDeclared(element, prefix))
    yield { element, message: `${what} is "${text.slice(0, 60)}", and the prefix "${prefix}" is not declared` };
}

function isDeclared(element: XmlElement, prefix: string): boolean {
  return [element, ...ancestors(element)].some(({ attributes }) =>
    attributes.some(({ name }) => name === `xmlns:${prefix}`),
  );
}
