import { messageOf } from '@procos/errors';
import { layoutProcess } from 'bpmn-auto-layout';
import { processModelErrors } from '../errors.ts';
import { parseXml } from '../xml/parse-xml.ts';
import { attributeValue, childElements, descendants } from '../xml/xml-tree.ts';
import { skeletonOf } from './skeleton.ts';
import type { Bounds, Placement, Point } from './placement.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

const unlimited = { bytes: Infinity, depth: Infinity, elements: Infinity };

/**
 * Lays out one process, its sub-processes expanded.
 *
 * @throws PROCOS_MODEL_LAYOUT_FAILED when the layouter gives up
 */
export async function placeProcess(process: XmlElement): Promise<Placement> {
  const { xml, elements } = skeletonOf(process);
  return readPlacement(await layOut(xml), elements);
}

async function layOut(skeleton: string): Promise<string> {
  try {
    return await layoutProcess(skeleton);
  } catch (error) {
    throw processModelErrors.PROCOS_MODEL_LAYOUT_FAILED({ reason: `the layouter gave up (${messageOf(error).slice(0, 120)})` }, error);
  }
}

function readPlacement(xml: string, elements: ReadonlyMap<string, XmlElement>): Placement {
  const shapes = new Map<XmlElement, Bounds>();
  const edges = new Map<XmlElement, Point[]>();
  for (const drawn of descendants(parseXml(xml, unlimited).root)) {
    const element = elements.get(attributeValue(drawn, 'bpmnElement') ?? '');
    if (element === undefined) continue;
    const bounds = childElements(drawn).find(({ localName }) => localName === 'Bounds');
    const waypoints = childElements(drawn).filter(({ localName }) => localName === 'waypoint');
    if (drawn.localName === 'BPMNShape' && bounds !== undefined) {
      shapes.set(element, { ...point(bounds), width: number(bounds, 'width'), height: number(bounds, 'height') });
    } else if (drawn.localName === 'BPMNEdge' && waypoints.length >= 2) edges.set(element, waypoints.map(point));
  }
  return { shapes, edges };
}

function point(element: XmlElement): Point {
  return { x: number(element, 'x'), y: number(element, 'y') };
}

function number(element: XmlElement, attribute: string): number {
  return Math.round(Number(attributeValue(element, attribute)));
}
