// Seeded processes as people draw them: blocks of gateways, ways back, boundary events, sub-processes.

/**
 * @param next random numbers in [0, 1)
 * @param steps about so many
 * @returns a BPMN model without a diagram
 */
export function randomProcess(next: () => number, steps: number): string {
  const writer = new Writer(next);
  const body = writer.scope(steps, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="defs" targetNamespace="bench">',
    `<bpmn:process id="process" isExecutable="true">${body}</bpmn:process></bpmn:definitions>`,
  ].join('\n');
}

class Writer {
  readonly #next: () => number;
  #count = 0;

  constructor(next: () => number) {
    this.#next = next;
  }

  /** A start, about so many steps, an end. */
  scope(steps: number, depth: number): string {
    const parts: string[] = [];
    const start = this.#node(parts, 'startEvent');
    const last = this.#sequence(parts, start, steps - 2, depth);
    this.#flow(parts, last, this.#node(parts, 'endEvent'));
    return parts.join('');
  }

  #sequence(parts: string[], from: string, steps: number, depth: number): string {
    let last = from;
    for (let left = steps; left > 0; ) {
      const kind = this.#next();
      const size = Math.min(left, 4 + Math.floor(this.#next() * 8));
      if (kind < 0.25 && left >= 4) last = this.#block(parts, last, size, depth);
      else if (kind < 0.35 && left >= 3) last = this.#wayBack(parts, last, depth);
      else if (kind < 0.43 && left >= 5 && depth < 2)
        last = this.#step(parts, last, 'subProcess', this.scope(size, depth + 1));
      else last = this.#task(parts, last);
      left -=
        kind < 0.25 && left >= 4
          ? size
          : kind < 0.35 && left >= 3
            ? 3
            : kind < 0.43 && left >= 5 && depth < 2
              ? size
              : 1;
    }
    return last;
  }

  /** Two to four ways from one gateway to another; one may be empty. */
  #block(parts: string[], from: string, steps: number, depth: number): string {
    const name = this.#next() < 0.6 ? 'exclusiveGateway' : 'parallelGateway';
    const [fork, join] = [this.#step(parts, from, name), this.#node(parts, name)];
    const ways = 2 + Math.floor(this.#next() * 3);
    for (let way = 0; way < ways; way += 1)
      this.#flow(parts, this.#sequence(parts, fork, Math.floor((steps - 2) / ways), depth), join);
    return join;
  }

  #wayBack(parts: string[], from: string, depth: number): string {
    const first = this.#task(parts, from);
    const gateway = this.#step(parts, this.#sequence(parts, first, 1, depth), 'exclusiveGateway');
    this.#flow(parts, gateway, first);
    return gateway;
  }

  /** One in five has a boundary event, which leads to an end of its own. */
  #task(parts: string[], from: string): string {
    const task = this.#step(parts, from, 'serviceTask');
    if (this.#next() < 0.2) {
      const event = this.#node(parts, 'boundaryEvent', '', ` attachedToRef="${task}"`);
      this.#flow(parts, event, this.#node(parts, 'endEvent'));
    }
    return task;
  }

  #step(parts: string[], from: string, name: string, content = ''): string {
    const id = this.#node(parts, name, content);
    this.#flow(parts, from, id);
    return id;
  }

  #node(parts: string[], name: string, content = '', attributes = ''): string {
    const id = `n${(this.#count += 1)}`;
    parts.push(`<bpmn:${name} id="${id}"${attributes}>${content}</bpmn:${name}>`);
    return id;
  }

  #flow(parts: string[], from: string, to: string): void {
    parts.push(`<bpmn:sequenceFlow id="f${(this.#count += 1)}" sourceRef="${from}" targetRef="${to}" />`);
  }
}
