import { isDiagram } from '../bpmn/engine-view.ts';
import { referenced } from '../bpmn/references.ts';
import { subProcessNames } from '../bpmn/vocabulary.ts';
import { ancestors, attributeValue, childElements, descendants } from '../xml/xml-tree.ts';
import { Obstacles } from './obstacles.ts';
import { boundsOf } from './placement.ts';
import type { Bounds, Placement, Point } from './placement.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

/** Shapes that hold everything: nothing goes around them. */
const frames: ReadonlySet<string> = new Set(['participant', 'lane', 'group']);

/** One plane of a drawing: what its author drew, which never changes, and what is added to it. */
export class Canvas {
  /** The process, collaboration or sub-process that it shows. */
  readonly subject: XmlElement | undefined;
  /** Nothing for a plane that is yet to be made. */
  readonly plane: XmlElement | undefined;
  readonly shapes = new Map<XmlElement, Bounds>();
  readonly edges = new Map<XmlElement, readonly Point[]>();
  /** Shapes that the author drew closed. */
  readonly collapsed = new Set<XmlElement>();
  /** Lanes that are added beside each other and not below each other. */
  readonly upright = new Set<XmlElement>();
  /** Elements of which a child has a shape here. */
  readonly scopes = new Set<XmlElement>();
  readonly obstacles = new Obstacles();
  readonly #added = { shapes: new Map<XmlElement, Bounds>(), edges: new Map<XmlElement, readonly Point[]>() };

  constructor(subject: XmlElement | undefined, plane?: XmlElement) {
    this.subject = subject;
    this.plane = plane;
  }

  get added(): Placement {
    return this.#added;
  }

  get bounds(): Bounds {
    return boundsOf(this);
  }

  read(shapeOrEdge: XmlElement, element: XmlElement): void {
    const bounds = shapeOrEdge.localName === 'BPMNShape' ? readBounds(shapeOrEdge) : undefined;
    const points = shapeOrEdge.localName === 'BPMNEdge' ? readPoints(shapeOrEdge) : [];
    if (bounds !== undefined && !this.shapes.has(element)) {
      if (isCollapsed(shapeOrEdge, element, bounds)) this.collapsed.add(element);
      this.#putShape(element, bounds);
    } else if (points.length >= 2 && !this.edges.has(element)) this.#putEdge(element, points);
  }

  /** What is drawn here already stays as it is, even when it comes with something that is not. */
  add({ shapes, edges }: Placement): void {
    for (const [element, bounds] of shapes) {
      if (this.shapes.has(element)) continue;
      this.#added.shapes.set(element, bounds);
      this.#putShape(element, bounds);
    }
    for (const [element, points] of edges) {
      if (this.edges.has(element)) continue;
      this.#added.edges.set(element, points);
      this.#putEdge(element, points);
    }
  }

  /** The shapes around an element: what is inside of them need not go around them. */
  framesOf(...elements: readonly XmlElement[]): Set<Bounds> {
    const found = elements.flatMap((element) =>
      Array.from(ancestors(element), (ancestor) => this.shapes.get(ancestor)),
    );
    return new Set(found.filter((bounds) => bounds !== undefined));
  }

  #putShape(element: XmlElement, bounds: Bounds): void {
    this.shapes.set(element, bounds);
    if (element.parent !== undefined) this.scopes.add(element.parent);
    if (!frames.has(element.localName)) this.obstacles.addShape(bounds);
  }

  #putEdge(element: XmlElement, points: readonly Point[]): void {
    this.edges.set(element, points);
    this.obstacles.addEdge(points);
  }
}

/** The planes of the document, in their order, with everything in them that shows an element of the model. */
export function readCanvases(document: XmlDocument, index: ReadonlyMap<string, XmlElement>): Canvas[] {
  const planes = Array.from(descendants(document.root)).filter(
    (element) => element.localName === 'BPMNPlane' && isDiagram(element),
  );
  return planes.map((plane) => {
    const canvas = new Canvas(referenced(index, plane, 'bpmnElement'), plane);
    for (const shapeOrEdge of descendants(plane)) {
      const element = isDiagram(shapeOrEdge) ? referenced(index, shapeOrEdge, 'bpmnElement') : undefined;
      if (element !== undefined) canvas.read(shapeOrEdge, element);
    }
    return canvas;
  });
}

/** Many tools leave `isExpanded` out: then the size tells. */
function isCollapsed(shape: XmlElement, element: XmlElement, { width, height }: Bounds): boolean {
  if (!subProcessNames.has(element.localName)) return false;
  const expanded = attributeValue(shape, 'isExpanded');
  if (expanded !== undefined) return expanded !== 'true' && expanded !== '1';
  return width <= 150 && height <= 120;
}

function readBounds(shape: XmlElement): Bounds | undefined {
  const bounds = childElements(shape).find(({ localName }) => localName === 'Bounds');
  if (bounds === undefined) return undefined;
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => number(bounds, name));
  return { x: x ?? 0, y: y ?? 0, width: width ?? 0, height: height ?? 0 };
}

function readPoints(edge: XmlElement): Point[] {
  const waypoints = childElements(edge).filter(({ localName }) => localName === 'waypoint');
  return waypoints.map((waypoint) => ({ x: number(waypoint, 'x'), y: number(waypoint, 'y') }));
}

/** What is no number stands at zero: the drawing stays as it is, and the new parts need some place. */
function number(element: XmlElement, name: string): number {
  const value = Number(attributeValue(element, name) ?? 0);
  return Number.isFinite(value) ? Math.max(-1e6, Math.min(1e6, value)) : 0;
}
