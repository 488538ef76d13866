import { Parser } from 'saxen';

/** One shape or line as its author drew it: a reading of its own, so that the test does not trust what it tests. */
export interface DrawnPart {
  /** Number of the plane that it is on, from 0. */
  readonly plane: number;
  readonly kind: 'BPMNShape' | 'BPMNEdge';
  /** The element that it shows. */
  readonly element: string;
  /** Itself and everything in it (bounds, waypoints, labels), in order; what reads as a number is one. */
  readonly figures: readonly {
    readonly name: string;
    readonly attributes: Readonly<Record<string, string | number>>;
  }[];
  /** Where it stands in the text. */
  readonly from: number;
  readonly to: number;
}

interface OpenPart extends DrawnPart {
  readonly figures: { name: string; attributes: Record<string, string | number> }[];
}

/**
 * Every shape and line of a model.
 *
 * @throws Error when the text is no XML
 */
export function readDrawing(xml: string): DrawnPart[] {
  const parts: DrawnPart[] = [];
  let plane = -1;
  let open: OpenPart | undefined;
  const parser = new Parser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('openTag', (name, attributesOf, decode, _closed, contextOf) => {
    const kind = localName(name);
    const attributes = attributesOf() || {};
    if (kind === 'BPMNPlane') plane += 1;
    if (isPart(kind))
      open = {
        plane,
        kind,
        element: decode(String(attributes['bpmnElement'] ?? '')),
        figures: [],
        from: placeOf(xml, contextOf()),
        to: 0,
      };
    open?.figures.push({
      name: kind,
      attributes: Object.fromEntries(
        Object.entries(attributes).map(([key, value]) => [key, numberOr(decode(String(value)))]),
      ),
    });
  });
  parser.on('closeTag', (name, _decode, closed, contextOf) => {
    if (open === undefined || localName(name) !== open.kind) return;
    const at = placeOf(xml, contextOf());
    parts.push({ ...open, to: closed ? xml.indexOf('>', open.from) + 1 : xml.indexOf('>', at) + 1 });
    open = undefined;
  });
  parser.parse(xml);
  return parts;
}

/** The text without these parts, and nothing else gone. */
export function withoutParts(xml: string, gone: readonly DrawnPart[]): string {
  return gone
    .toSorted((one, other) => other.from - one.from)
    .reduce((text, { from, to }) => text.slice(0, from) + text.slice(to), xml);
}

function isPart(name: string): name is DrawnPart['kind'] {
  return name === 'BPMNShape' || name === 'BPMNEdge';
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function numberOr(value: string): string | number {
  return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
}

/** Saxen tells line and column, from 0. */
function placeOf(xml: string, { line, column }: { readonly line: number; readonly column: number }): number {
  let start = 0;
  for (let before = 0; before < line; before += 1) start = xml.indexOf('\n', start) + 1;
  return start + column;
}
