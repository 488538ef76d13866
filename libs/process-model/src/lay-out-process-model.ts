import { bpmnChildren } from './bpmn/engine-view.ts';
import { drawnIds, elementsToDraw } from './bpmn/diagram.ts';
import { processModelErrors } from './errors.ts';
import { readDocument } from './read-bpmn.ts';
import { drawDiagrams } from './layout/draw-diagram.ts';
import { placeArtifacts } from './layout/place-artifacts.ts';
import { placeCollaboration } from './layout/place-collaboration.ts';
import { boundsOf, moved } from './layout/placement.ts';
import { placeScope } from './layout/place-scope.ts';
import { attributeValue } from './xml/xml-tree.ts';
import { writeXml } from './xml/write-xml.ts';
import type { Drawing } from './layout/draw-diagram.ts';
import type { Placement } from './layout/placement.ts';
import type { XmlDocument } from './xml/xml-tree.ts';

/** Distance of the drawing from the upper left corner, pixels. */
const margin = 80;

/**
 * Adds the diagram (BPMN DI) where it is missing or partial; the model itself stays as it is, extensions included.
 * A complete diagram is returned untouched, a partial one is replaced as a whole: half of a drawing done by hand and
 * half by an algorithm overlap.
 *
 * @throws PROCOS_MODEL_LAYOUT_FAILED when a flow node or flow would still not be drawn (it names them), and every
 * error of the safe intake
 */
export async function layOutProcessModel(xml: string): Promise<string> {
  const document = readDocument(xml);
  return layOutDocument(document) ? writeXml(document) : xml;
}

/** @returns whether the diagram had to be drawn */
export function layOutDocument(document: XmlDocument): boolean {
  if (undrawnIds(document).length === 0) return false;
  drawDiagrams(document, drawingsOf(document));
  const undrawn = undrawnIds(document);
  if (undrawn.length === 0) return true;
  const shown = undrawn.slice(0, 5).join(', ');
  throw processModelErrors.PROCOS_MODEL_LAYOUT_FAILED({
    reason: `no place was found for ${shown}${undrawn.length > 5 ? ' and others' : ''}`,
    elementIds: undrawn,
  });
}

function undrawnIds(document: XmlDocument): string[] {
  const drawn = drawnIds(document);
  return elementsToDraw(document)
    .map((element) => attributeValue(element, 'id') ?? '')
    .filter((id) => !drawn.has(id));
}

function drawingsOf(document: XmlDocument): Drawing[] {
  const processes = bpmnChildren(document.root, 'process');
  const placements = new Map<string, Placement>();
  for (const process of processes) placements.set(attributeValue(process, 'id') ?? '', placeArtifacts(process, placeScope(process)));
  const [collaboration] = bpmnChildren(document.root, 'collaboration');
  const inPools = new Set(collaboration === undefined ? [] : bpmnChildren(collaboration, 'participant').map((participant) => attributeValue(participant, 'processRef')));
  const alone = processes.filter((process) => !inPools.has(attributeValue(process, 'id')));
  const drawings = alone.map((subject) => ({ subject, placement: placements.get(attributeValue(subject, 'id') ?? '') ?? nothing }));
  if (collaboration !== undefined) drawings.unshift({ subject: collaboration, placement: placeCollaboration(collaboration, placements) });
  return drawings.map(({ subject, placement }) => ({ subject, placement: fromCorner(placement) }));
}

const nothing: Placement = { shapes: new Map(), edges: new Map() };

function fromCorner(placement: Placement): Placement {
  const { x, y } = boundsOf(placement);
  return moved(placement, { x: margin - x, y: margin - y });
}
