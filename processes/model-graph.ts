/** The parts of a model that its flows and drawing are judged by. Reads only what this folder's own files are written like. */
export interface ModelGraph {
  readonly flows: readonly Flow[];
  /** Ids of all elements the token can reach from one element. */
  reachableFrom(id: string): ReadonlySet<string>;
  /** Error codes that are caught at an element; `*` stands for every code. */
  caughtAt(id: string): readonly string[];
  readonly boxes: readonly Box[];
}

export interface Flow {
  readonly id: string;
  readonly source: string;
  readonly target: string;
}

/** A drawn shape or label. */
export interface Box {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** @param xml a model that has passed the lint */
export function modelGraph(xml: string): ModelGraph {
  const flows = elements(xml, 'sequenceFlow').map(({ id, attribute }) => ({
    id,
    source: attribute('sourceRef'),
    target: attribute('targetRef'),
  }));
  const reachableFrom = (start: string): ReadonlySet<string> => {
    const reached = new Set([start]);
    for (const id of reached) for (const flow of flows) if (flow.source === id) reached.add(flow.target);
    return reached;
  };
  return { flows, reachableFrom, caughtAt: (id) => caughtAt(xml, id), boxes: boxes(xml) };
}

function caughtAt(xml: string, host: string): string[] {
  const codes = new Map(elements(xml, 'error').map(({ id, attribute }) => [id, attribute('errorCode')]));
  return elements(xml, 'boundaryEvent')
    .filter(({ attribute }) => attribute('attachedToRef') === host)
    .flatMap(({ body }) => elements(body, 'errorEventDefinition'))
    .map(({ attribute }) => (attribute('errorRef') === '' ? '*' : (codes.get(attribute('errorRef')) ?? '')));
}

function boxes(xml: string): Box[] {
  return elements(xml, 'bpmndi:BPMNShape').flatMap(({ attribute, body }) =>
    elements(body, 'dc:Bounds').map((bounds, index) => {
      const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => Number(bounds.attribute(name)));
      if (x === undefined || y === undefined || width === undefined || height === undefined)
        throw new TypeError('A drawn box has four numbers');
      return { id: `${attribute('bpmnElement')}${index === 0 ? '' : ' (label)'}`, x, y, width, height };
    }),
  );
}

interface Element {
  readonly id: string;
  readonly body: string;
  attribute(name: string): string;
}

function elements(xml: string, tag: string): Element[] {
  return Array.from(
    xml.matchAll(new RegExp(`<${tag}\\s([^>]*?)(?:/>|>([\\s\\S]*?)</${tag}>)`, 'g')),
    ([, attributes = '', body = '']) => {
      const attribute = (name: string) => new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
      return { id: attribute('id'), body, attribute };
    },
  );
}
