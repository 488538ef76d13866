import { drawnIds, elementsToDraw } from './bpmn/diagram.ts';
import { bpmnChildren } from './bpmn/engine-view.ts';
import { indexById } from './bpmn/references.ts';
import { fixDiagramOrphans } from './fixes/fix-diagram-orphans.ts';
import { isAccepted, readDocument } from './read-bpmn.ts';
import { Canvas, readCanvases } from './layout/canvas.ts';
import { completeDrawing, completePlane } from './layout/complete-drawing.ts';
import { drawDiagrams } from './layout/draw-diagram.ts';
import { placeCollaboration } from './layout/place-collaboration.ts';
import { boundsOf, moved } from './layout/placement.ts';
import { placeScope } from './layout/place-scope.ts';
import { attributeValue } from './xml/xml-tree.ts';
import { writeXml } from './xml/write-xml.ts';
import { encodingDeclaredIn, withDeclaredEncoding } from './xml/xml-declaration.ts';
import type { Incomplete } from './layout/incomplete.ts';
import type { Placement } from './layout/placement.ts';
import type { XmlDocument, XmlElement } from './xml/xml-tree.ts';

/** Distance of a new drawing from the upper left corner, pixels. */
const margin = 80;

/**
 * Adds to the diagram (BPMN DI) what it lacks. What is drawn belongs to its author: no shape, line, label or colour
 * changes, and the rest of the text stays byte for byte. Shapes of nothing go, since the engine refuses them. What cannot
 * be drawn, a flow to nowhere say, is left out, and so is a drawing that would make the text too large. A declared encoding becomes UTF-8, in which the text is handed on.
 *
 * @throws every error of the safe intake
 */
export async function layOutProcessModel(xml: string): Promise<string> {
  const document = readDocument(xml);
  const removed = fixDiagramOrphans(document);
  const kept = removed.length > 0 ? writeXml(document) : xml;
  const laidOut = layOutDocument(document).length > 0 ? writeXml(document) : kept;
  const text = laidOut === kept || isAccepted(laidOut) ? laidOut : kept;
  return (encodingDeclaredIn(text)?.toLowerCase() ?? 'utf-8') === 'utf-8' ? text : withDeclaredEncoding(text, 'UTF-8');
}

/** @returns the elements that were drawn; none when nothing was missing */
export function layOutDocument(document: XmlDocument): XmlElement[] {
  const missing = new Set(undrawnElements(document));
  if (missing.size === 0) return [];
  const index = indexById(document);
  const incomplete: Incomplete = { document, index, canvases: readCanvases(document, index), missing };
  const canvases = [...incomplete.canvases];
  for (const subject of completeDrawing(incomplete)) {
    // A plane names what it shows: without an id it would name nothing.
    if ((attributeValue(subject, 'id') ?? '') !== '') canvases.push(newCanvas(subject, { ...incomplete, canvases }));
  }
  const added = new Set(canvases.flatMap(({ added: { shapes, edges } }) => [...shapes.keys(), ...edges.keys()]));
  if (added.size > 0)
    drawDiagrams(
      document,
      canvases.filter((canvas) => canvas.plane !== undefined || canvas.shapes.size > 0),
    );
  return [...added];
}

function undrawnElements(document: XmlDocument): XmlElement[] {
  const drawn = drawnIds(document);
  return elementsToDraw(document).filter((element) => !drawn.has(attributeValue(element, 'id') ?? ''));
}

function newCanvas(subject: XmlElement, incomplete: Incomplete): Canvas {
  const canvas = new Canvas(subject);
  canvas.add(
    fromCorner(
      subject.localName === 'collaboration'
        ? placeCollaboration(bpmnChildren(subject, 'participant'), incomplete.index)
        : placeScope(subject),
    ),
  );
  completePlane(canvas, { ...incomplete, canvases: [canvas] });
  return canvas;
}

function fromCorner(placement: Placement): Placement {
  const { x, y } = boundsOf(placement);
  return moved(placement, { x: margin - x, y: margin - y });
}
