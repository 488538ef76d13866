import { bpmnChildren, isBpmn, isDiagram } from '../bpmn/engine-view.ts';
import { orphanedDiagramElements } from '../bpmn/diagram.ts';
import { indexById, referenced } from '../bpmn/references.ts';
import { ancestors, attributeValue, childElements, descendants, selfAndDescendants } from '../xml/xml-tree.ts';
import { removeAttribute, removeElement, setAttribute } from '../xml/edit-xml.ts';
import type { AppliedFix } from './fix.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

/** Takes shapes and lines of nothing out of the diagram; a plane of nothing becomes that of what it draws. */
export function fixDiagramOrphans(document: XmlDocument): AppliedFix[] {
  const orphans = orphanedDiagramElements(document);
  const parts = orphans.filter(({ localName }) => localName !== 'BPMNPlane').map((part) => removePart(document, part));
  return [
    ...parts,
    ...orphans.filter(({ localName }) => localName === 'BPMNPlane').map((plane) => repairPlane(document, plane)),
  ];
}

function removePart({ root }: XmlDocument, part: XmlElement): AppliedFix {
  const id = attributeValue(part, 'id');
  removeElement(part);
  for (const element of id === undefined ? [] : selfAndDescendants(root)) {
    for (const name of ['sourceElement', 'targetElement', 'choreographyActivityShape']) {
      if (isDiagram(element) && attributeValue(element, name) === id) removeAttribute(element, name);
    }
  }
  const drawn = attributeValue(part, 'bpmnElement') ?? '';
  const what = drawn === '' ? 'no element' : `"${drawn.slice(0, 60)}", which does not exist`;
  return { rule: 'has-diagram', elementId: id ?? '', description: `removed the <${part.name}> that draws ${what}` };
}

function repairPlane(document: XmlDocument, plane: XmlElement): AppliedFix {
  const elementId = attributeValue(plane, 'id') ?? '';
  const subject = subjectOf(document, plane);
  const subjectId = subject === undefined ? undefined : attributeValue(subject, 'id');
  if (subjectId !== undefined) {
    setAttribute(plane, 'bpmnElement', subjectId);
    return { rule: 'has-diagram', elementId, description: `the plane shows ${subjectId}, whose parts it draws` };
  }
  const diagram = plane.parent?.localName === 'BPMNDiagram' ? plane.parent : plane;
  removeElement(diagram);
  return {
    rule: 'has-diagram',
    elementId,
    description: `removed the <${diagram.name}> that draws nothing of the model`,
  };
}

/** The collaboration, process or sub-process around what the plane draws. */
function subjectOf(document: XmlDocument, plane: XmlElement): XmlElement | undefined {
  const index = indexById(document);
  const shown = Array.from(descendants(plane)).flatMap((part) =>
    isDiagram(part) ? (referenced(index, part, 'bpmnElement') ?? []) : [],
  );
  const pool = shown.find(({ localName }) => localName === 'participant' || localName === 'messageFlow');
  const [first] = shown;
  if (pool?.parent !== undefined) return pool.parent;
  if (first === undefined) return emptyPlaneSubject(document);
  const parents = new Set(shown);
  return Array.from(ancestors(first)).find((ancestor) => isBpmn(ancestor) && !parents.has(ancestor));
}

function emptyPlaneSubject({ root }: XmlDocument): XmlElement | undefined {
  const [collaboration] = bpmnChildren(root, 'collaboration');
  const shown = childElements(root).some(
    (diagram) =>
      isDiagram(diagram) && Array.from(descendants(diagram)).some(({ localName }) => localName === 'BPMNShape'),
  );
  return shown ? undefined : (collaboration ?? bpmnChildren(root, 'process')[0]);
}
