import { elementsToDraw } from './bpmn/diagram.ts';
import { readDocument } from './read-bpmn.ts';
import { fixCalledElements } from './fixes/fix-called-elements.ts';
import { fixChildOrder } from './fixes/fix-child-order.ts';
import { fixDeferredExpressions } from './fixes/fix-deferred-expressions.ts';
import { fixDiagramOrphans } from './fixes/fix-diagram-orphans.ts';
import { fixDuplicateIds } from './fixes/fix-duplicate-ids.ts';
import { fixExternalTasks } from './fixes/fix-external-tasks.ts';
import { fixFlowLists } from './fixes/fix-flow-lists.ts';
import { fixLostIds } from './fixes/fix-lost-ids.ts';
import { fixMissingIds } from './fixes/fix-missing-ids.ts';
import { fixNamespaces } from './fixes/fix-namespaces.ts';
import { fixTimeToLive } from './fixes/fix-time-to-live.ts';
import { layOutDocument } from './lay-out-process-model.ts';
import { attributeValue } from './xml/xml-tree.ts';
import { parseXml } from './xml/parse-xml.ts';
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

/** Namespaces first, since the others look elements up by them; the order of children after what adds some; the diagram last. */
const fixes: readonly Fix[] = [
  fixNamespaces,
  fixExternalTasks,
  fixCalledElements,
  fixDeferredExpressions,
  fixDuplicateIds,
  fixLostIds,
  fixMissingIds,
  fixFlowLists,
  fixTimeToLive,
  fixChildOrder,
  fixDiagramOrphans,
];

/**
 * Repairs every finding that is marked `fixable`, and changes nothing else: comments, formatting and extensions stay.
 * What it cannot repair stays too and is told by the lint. A second run changes nothing.
 *
 * @throws every error of the safe intake
 */
export async function fixProcessModel(xml: string): Promise<FixedModel> {
  const foreign = foreignEncoding(xml);
  const document = readDocument(foreign === undefined ? xml : withDeclaredEncoding(xml, 'UTF-8'));
  const applied = [...(foreign === undefined ? [] : [encodingFix(foreign)]), ...fixes.flatMap((fix) => fix(document))];
  // Read again: the declarations added above decide about the namespaces of the elements.
  const repaired = applied.length === 0 ? document : parseXml(writeXml(document));
  const total = elementsToDraw(repaired).length;
  const drawn = layOutDocument(repaired);
  if (drawn.length > 0) applied.push(diagramFix(repaired, drawn, total));
  return applied.length === 0 ? { xml, applied } : { xml: writeXml(repaired), applied };
}

function encodingFix({ encoding }: ForeignEncoding): AppliedFix {
  return { rule: 'safe-intake', elementId: '', description: `declared UTF-8 instead of ${encoding}` };
}

function diagramFix({ root }: XmlDocument, drawn: readonly XmlElement[], total: number): AppliedFix {
  const ids = drawn.map((element) => attributeValue(element, 'id') ?? '');
  const shown = ids.length > 5 ? `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more` : ids.join(', ');
  const description = drawn.length === total ? 'drew the diagram' : `added ${shown} to the diagram; what was drawn stays where it is`;
  return { rule: 'has-diagram', elementId: attributeValue(root, 'id') ?? '', description };
}
