import { extensionAttribute, isExtension } from '../bpmn/engine-view.ts';
import { schemaInstanceNamespace } from '../bpmn/namespaces.ts';
import { selfAndDescendants } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

/** The schema of BPMN itself, which many modelers name; every parser has it built in. */
const harmlessSchemaLocation = /^(?:https?:\/\/www\.omg\.org\/[\w./-]*|[\w-]+\.xsd)$/;

export const noExternalResource: DocumentRule = {
  id: 'no-external-resource',
  severity: 'error',
  what: 'The model names no scripts, forms, schemas or imports outside itself.',
  why: 'What the engine loads from elsewhere was never checked, and the address may lie inside the network.',
  remedy: 'Remove the reference, or bring its content into the model or a worker.',
  fixable: false,
  *check({ root }): Iterable<Report> {
    for (const element of selfAndDescendants(root)) {
      if (element.localName === 'import' && element.parent === root) {
        yield { element, message: '<import> loads a document from elsewhere' };
      }
      yield* checkResource(element);
      yield* checkForm(element);
      yield* checkSchemaLocation(element);
    }
  },
};

function* checkResource(element: XmlElement): Iterable<Report> {
  const resource = extensionAttribute(element, 'resource') ?? plainResource(element);
  if (resource !== undefined)
    yield { element, message: `The attribute ${resource.name} loads a resource from elsewhere` };
  for (const { name, value } of element.attributes) {
    if (/^\s*(?:deployment|classpath):\/\//i.test(value))
      yield { element, message: `The attribute ${name} names a resource of the server` };
  }
}

function plainResource(element: XmlElement): XmlElement['attributes'][number] | undefined {
  if (!isExtension(element)) return undefined;
  return element.attributes.find(({ name }) => name === 'resource');
}

function* checkForm(element: XmlElement): Iterable<Report> {
  const form = extensionAttribute(element, 'formKey');
  if (form !== undefined && /[:/\\]/.test(form.value)) {
    yield {
      element,
      message: `The form key names an address: ${form.value.slice(0, 60)}`,
      remedy: 'Use a form key that is a plain name.',
    };
  }
}

function* checkSchemaLocation(element: XmlElement): Iterable<Report> {
  for (const { localName, uri, value } of element.attributes) {
    if (uri !== schemaInstanceNamespace) continue;
    if (localName === 'noNamespaceSchemaLocation')
      yield { element, message: 'xsi:noNamespaceSchemaLocation loads a schema from elsewhere' };
    if (localName !== 'schemaLocation') continue;
    const locations = value
      .trim()
      .split(/\s+/)
      .filter((_, index) => index % 2 === 1);
    if (!locations.every((location) => harmlessSchemaLocation.test(location))) {
      yield { element, message: 'xsi:schemaLocation loads a schema from elsewhere' };
    }
  }
}
