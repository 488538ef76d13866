import { schemaInstanceNamespace } from '../bpmn/namespaces.ts';
import { validId, validReference } from '../bpmn/valid-id.ts';
import { childElements, directText, selfAndDescendants } from '../xml/xml-tree.ts';
import { decisionNamespaces, elementSchema, textElements, type ElementSchema } from './decision-schema.ts';
import type { Report } from '../rules/rule.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

const enumerations: Readonly<Record<string, readonly string[]>> = {
  hitPolicy: ['UNIQUE', 'FIRST', 'PRIORITY', 'ANY', 'COLLECT', 'RULE ORDER', 'OUTPUT ORDER'],
  aggregation: ['SUM', 'COUNT', 'MIN', 'MAX'],
  preferredOrientation: ['Rule-as-Row', 'Rule-as-Column', 'CrossTable'],
  associationDirection: ['None', 'One', 'Both'],
  kind: ['FEEL', 'Java', 'PMML'],
};

/** What the schema of DMN forbids: attributes, the order of elements, text where none belongs, ids. */
export function* checkDecisionSchema({ root }: XmlDocument): Iterable<Report> {
  const version = decisionNamespaces.get(root.uri ?? '') ?? '';
  yield* checkElement(root, version);
  const ids = new Set<string>();
  for (const element of selfAndDescendants(root)) {
    const id =
      element.uri === root.uri ? element.attributes.find(({ name }) => name === 'id')?.value.trim() : undefined;
    if (id === undefined) continue;
    if (!validId.test(id))
      yield { element, message: `The id ${JSON.stringify(id.slice(0, 60))} is not a valid XML id` };
    else if (ids.has(id)) yield { element, message: `The id ${id.slice(0, 60)} is used more than once` };
    ids.add(id);
  }
}

function* checkElement(element: XmlElement, version: string): Iterable<Report> {
  const { localName } = element;
  if (textElements.has(localName) && element.parent !== undefined) {
    yield* checkText(element, version);
    return;
  }
  const schema = elementSchema(localName, element.parent?.localName ?? '', version);
  // Where it stands is judged around it.
  if (schema === undefined) return;
  yield* checkAttributes(element, schema, version);
  if (directText(element).trim() !== '')
    yield {
      element,
      message: `<${element.name}> contains the text ${JSON.stringify(directText(element).trim().slice(0, 40))}`,
    };
  yield* checkContent(element, schema);
  for (const child of childElements(element))
    if (child.uri === element.uri && child.localName !== 'extensionElements') yield* checkElement(child, version);
}

function* checkText(element: XmlElement, version: string): Iterable<Report> {
  const attribute = element.attributes.find(
    ({ prefix, name, uri }) => !isDeclaration(prefix, name) && uri !== schemaInstanceNamespace,
  );
  if (attribute !== undefined) yield { element, message: `<${element.name}> has the attribute ${attribute.name}` };
  if (childElements(element).length > 0) yield { element, message: `<${element.name}> may hold nothing but text` };
  if (element.localName === 'typeRef' && version === '1.1' && !validReference.test(directText(element).trim()))
    yield { element, message: `<${element.name}> is "${directText(element).trim().slice(0, 60)}", which is no name` };
}

function isDeclaration(prefix: string, name: string): boolean {
  return prefix === 'xmlns' || name === 'xmlns';
}

function* checkAttributes(element: XmlElement, schema: ElementSchema, version: string): Iterable<Report> {
  const listed = schema.attributes.split(' ').filter((name) => name !== '');
  const known = new Set([
    ...listed.map((name) => name.replace('!', '')),
    ...(schema.isBare === true ? [] : ['id', 'label']),
  ]);
  for (const { name, prefix, uri, value } of element.attributes) {
    if (isDeclaration(prefix, name) || uri === schemaInstanceNamespace) continue;
    const isForeign = prefix !== '' && schema.isBare !== true;
    if (!known.has(name) && !isForeign) yield { element, message: `<${element.name}> has no attribute ${name}` };
    else if (prefix === '') yield* checkValue(element, name, value, version);
  }
  for (const name of listed.filter((one) => one.endsWith('!')).map((one) => one.slice(0, -1))) {
    if (!element.attributes.some((attribute) => attribute.name === name))
      yield { element, message: `<${element.name}> has no ${name}` };
  }
}

function* checkValue(element: XmlElement, name: string, value: string, version: string): Iterable<Report> {
  const allowed = Object.hasOwn(enumerations, name) ? enumerations[name] : undefined;
  if (allowed !== undefined && !allowed.includes(value))
    yield { element, message: `${name}=${JSON.stringify(value.slice(0, 40))} is none of ${allowed.join(', ')}` };
  if (name === 'isCollection' && !/^(?:true|false|[01])$/.test(value.trim()))
    yield { element, message: `${name}=${JSON.stringify(value.slice(0, 40))} is neither true nor false` };
  if (name === 'typeRef' && version === '1.1' && !validReference.test(value.trim()))
    yield { element, message: `typeRef is "${value.slice(0, 60)}", which is no name` };
}

function* checkContent(element: XmlElement, { content, isBare }: ElementSchema): Iterable<Report> {
  const children = childElements(element);
  const named = children
    .map((child) => (child.uri === element.uri || child.localName === 'DMNDI' ? child.localName : '?'))
    .map((name) => `${name},`)
    .join('');
  if (patternOf(`${isBare === true ? '' : 'description? extensionElements? '}${content}`).test(named)) return;
  yield {
    element,
    message: `The content of <${element.name}> is not what DMN allows: ${
      children.length === 0
        ? 'it is empty'
        : children
            .map(({ name }) => name)
            .join(', ')
            .slice(0, 200)
    }`,
    remedy: content === '' ? 'Remove it.' : `In this order: ${content}.`,
  };
}

const patterns = new Map<string, RegExp>();

function patternOf(content: string): RegExp {
  const known =
    patterns.get(content) ?? new RegExp(`^${content.replaceAll(/[A-Za-z]+/g, '(?:$&,)').replaceAll(' ', '')}$`);
  patterns.set(content, known);
  return known;
}
