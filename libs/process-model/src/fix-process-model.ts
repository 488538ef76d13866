import { elementsToDraw } from './bpmn/diagram.ts';
import { isAccepted, readDocument } from './read-bpmn.ts';
import { fixCalledElements } from './fixes/fix-called-elements.ts';
import { fixChildOrder } from './fixes/fix-child-order.ts';
import { fixDeferredExpressions } from './fixes/fix-deferred-expressions.ts';
import { fixDiagramOrphans } from './fixes/fix-diagram-orphans.ts';
import { fixDuplicateIds } from './fixes/fix-duplicate-ids.ts';
import { fixExternalTasks } from './fixes/fix-external-tasks.ts';
import { fixForeignIds } from './fixes/fix-foreign-ids.ts';
import { fixFlowLists } from './fixes/fix-flow-lists.ts';
import { fixLostIds } from './fixes/fix-lost-ids.ts';
import { fixMissingIds } from './fixes/fix-missing-ids.ts';
import { fixNamespaces } from './fixes/fix-namespaces.ts';
import { fixTimeToLive } from './fixes/fix-time-to-live.ts';
import { layOutDocument } from './lay-out-process-model.ts';
import { attributeValue } from './xml/xml-tree.ts';
import { writeXml } from './xml/write-xml.ts';
import { foreignEncoding, withDeclaredEncoding } from './xml/xml-declaration.ts';
import type { AppliedFix, Fix } from './fixes/fix.ts';
import type { ForeignEncoding } from './xml/xml-declaration.ts';
import type { XmlDocument, XmlElement } from './xml/xml-tree.ts';

export interface FixedModel {
  readonly xml: string;
  /** What was changed, in the order in which it was done; empty when the model is returned as it came. */
  readonly applied: readonly AppliedFix[];
}

/** Namespaces first, since the others look elements up by them, then ids, by which they find them; the order of children after what adds some; the diagram last. */
const fixes: readonly Fix[] = [
  fixNamespaces,
  fixLostIds,
  fixForeignIds,
  fixExternalTasks,
  fixCalledElements,
  fixDeferredExpressions,
  fixDuplicateIds,
  fixMissingIds,
  fixFlowLists,
  fixTimeToLive,
  fixChildOrder,
  fixDiagramOrphans,
];

/** One repair may make another one possible: an id that is given leaves one element alone that can have had another. */
const mostRounds = 5;

/**
 * Repairs every finding that is marked `fixable`, and changes nothing else: comments, formatting and extensions stay.
 * What it cannot repair stays too and is told by the lint. A second run changes nothing.
 *
 * @throws every error of the safe intake
 */
export async function fixProcessModel(xml: string): Promise<FixedModel> {
  const foreign = foreignEncoding(xml);
  const applied: AppliedFix[] = foreign === undefined ? [] : [encodingFix(foreign)];
  let text = foreign === undefined ? xml : withDeclaredEncoding(xml, 'UTF-8');
  for (let round = 0; round < mostRounds; round += 1) {
    const document = readDocument(text);
    const done = fixes.flatMap((fix) => fix(document));
    if (done.length === 0) break;
    applied.push(...done);
    text = writeXml(document);
  }
  const { xml: laidOut, applied: drawn } = drawMissing(text);
  return { xml: laidOut, applied: [...applied, ...drawn] };
}

/** A drawing that would make the model larger than what is accepted is left out. */
function drawMissing(xml: string): FixedModel {
  const document = readDocument(xml);
  const total = elementsToDraw(document).length;
  const drawn = layOutDocument(document);
  const laidOut = writeXml(document);
  return drawn.length === 0 || !isAccepted(laidOut)
    ? { xml, applied: [] }
    : { xml: laidOut, applied: [diagramFix(document, drawn, total)] };
}

function encodingFix({ encoding }: ForeignEncoding): AppliedFix {
  return { rule: 'safe-intake', elementId: '', description: `declared UTF-8 instead of ${encoding}` };
}

function diagramFix({ root }: XmlDocument, drawn: readonly XmlElement[], total: number): AppliedFix {
  const ids = drawn.map((element) => attributeValue(element, 'id') ?? '');
  const shown = ids.length > 5 ? `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more` : ids.join(', ');
  const description =
    drawn.length === total ? 'drew the diagram' : `added ${shown} to the diagram; what was drawn stays where it is`;
  return { rule: 'has-diagram', elementId: attributeValue(root, 'id') ?? '', description };
}
