import { bpmnChildren, isExtension, nearestNamedElement } from '../bpmn/engine-view.ts';
import { childElements, selfAndDescendants } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

const zeebeNamespace = 'http://camunda.org/schema/zeebe/1.0';

export const madeForCamunda8: DocumentRule = {
  id: 'made-for-camunda-8',
  severity: 'error',
  what: 'The model is made for an engine of the Camunda 7 family, not for Camunda 8.',
  why: 'Extensions of Camunda 8 (zeebe:…) are ignored: job types, inputs, forms and FEEL expressions do nothing here, and a process stands still or goes another way than drawn.',
  remedy:
    'Open it in a modeler for Camunda 7 and set what Camunda 8 had: camunda:type="external" with camunda:topic for each zeebe:taskDefinition, camunda:inputOutput for zeebe:ioMapping, ${…} for each FEEL expression. Nothing is translated by itself.',
  fixable: false,
  *check(document): Iterable<Report> {
    const found = zeebeContent(document);
    const [first] = found;
    if (first === undefined) {
      if (platform(document) === 'Camunda Cloud')
        yield {
          element: document.root,
          severity: 'warning',
          message: 'The model says that it is made for Camunda 8, although nothing in it needs Camunda 8',
          remedy: 'Open it in a modeler for Camunda 7, or remove modeler:executionPlatform from <definitions>.',
        };
      return;
    }
    const names = [...new Set(found.map(({ name }) => name))].slice(0, 4).join(', ');
    const message = `The model is made for Camunda 8: ${found.length} of its settings (${names}) mean nothing to this engine`;
    // Where each such element has settings of this engine too, somebody has prepared it for both.
    yield found.every(({ element }) => isPrepared(element))
      ? { element: document.root, severity: 'warning', message }
      : { element: document.root, message };
  },
};

interface Found {
  readonly name: string;
  readonly element: XmlElement;
}

/** Elements and attributes of Camunda 8; of nested ones the outermost. */
function zeebeContent({ root }: XmlDocument): Found[] {
  const found: Found[] = [];
  for (const element of selfAndDescendants(root)) {
    if (element.uri === zeebeNamespace && element.parent?.uri !== zeebeNamespace)
      found.push({ name: element.name, element: nearestNamedElement(element) });
    for (const { uri, name } of element.attributes) if (uri === zeebeNamespace) found.push({ name, element });
  }
  return found;
}

function isPrepared(element: XmlElement): boolean {
  return (
    element.attributes.some(isExtension) ||
    bpmnChildren(element, 'extensionElements').flatMap(childElements).some(isExtension)
  );
}

function platform({ root }: XmlDocument): string | undefined {
  return root.attributes.find(({ localName }) => localName === 'executionPlatform')?.value;
}
