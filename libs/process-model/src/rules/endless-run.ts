import { bpmnChildren, extensionAttribute } from '../bpmn/engine-view.ts';
import { blankStartEvents, executedElements, hasEventDefinition, judgedProcesses } from '../bpmn/execution.ts';
import { indexById, referenced } from '../bpmn/references.ts';
import { attributeValue, type XmlDocument, type XmlElement } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';

export const endlessRun: DocumentRule = {
  id: 'endless-run',
  severity: 'error',
  what: 'A process comes to a step that waits, to a decision or to its end: neither flows nor calls lead it back to where it was without one.',
  why: 'The engine would go round for ever in one transaction: the start is never answered, and its memory fills.',
  remedy: 'Put a decision into the circle that leads out of it, or a step that waits: a task, a timer, a message.',
  fixable: false,
  *check(document): Iterable<Report> {
    const flows = flowsOf(document);
    const processes = new Map(judgedProcesses(document).map((process) => [attributeValue(process, 'id'), process]));
    const reported = new Set<XmlElement>();
    for (const process of processes.values()) {
      for (const start of blankStartEvents(process)) {
        const back = firstReturn(start, { flows, processes, seen: new Set(), under: new Set() });
        if (back === undefined || reported.has(back)) continue;
        reported.add(back);
        yield {
          element: back,
          message:
            back.localName === 'callActivity'
              ? `The process "${attributeValue(back, 'calledElement') ?? ''}" calls itself here without having waited`
              : 'The flows lead back to this step without a wait or a decision',
        };
      }
    }
  },
};

interface Flow {
  readonly target: XmlElement;
  readonly isConditional: boolean;
}

interface Flows {
  readonly leaving: ReadonlyMap<XmlElement, readonly Flow[]>;
  /** How many lead to an element. */
  readonly arriving: ReadonlyMap<XmlElement, number>;
}

interface Walk {
  readonly flows: Flows;
  readonly processes: ReadonlyMap<string | undefined, XmlElement>;
  /** Where no circle was found. */
  readonly seen: Set<XmlElement>;
  /** What lies between the start and here. */
  readonly under: Set<XmlElement>;
}

/** The first step that is certainly come to a second time; only what every instance does is followed. */
function firstReturn(from: XmlElement, walk: Walk): XmlElement | undefined {
  const { seen, under } = walk;
  const path: { readonly node: XmlElement; readonly next: XmlElement[] }[] = [{ node: from, next: after(from, walk) }];
  under.add(from);
  for (let here = path.at(-1); here !== undefined; here = path.at(-1)) {
    const next = here.next.shift();
    if (next === undefined) {
      under.delete(here.node);
      seen.add(here.node);
      path.pop();
    } else if (under.has(next)) {
      return here.node.localName === 'callActivity' && next.localName === 'startEvent' ? here.node : next;
    } else if (!seen.has(next)) {
      under.add(next);
      path.push({ node: next, next: after(next, walk) });
    }
  }
  return undefined;
}

const passed = new Set(['startEvent', 'task', 'manualTask', 'exclusiveGateway', 'parallelGateway', 'inclusiveGateway']);

/** What certainly follows, and in the same transaction or with no help from outside. */
function after(node: XmlElement, { flows, processes }: Walk): XmlElement[] {
  if (repeats(node)) return [];
  if (node.localName === 'callActivity') {
    const callee = isPlainCall(node) ? processes.get(attributeValue(node, 'calledElement')?.trim()) : undefined;
    const starts = callee === undefined ? [] : blankStartEvents(callee);
    return starts.length === 1 ? starts : [];
  }
  const isEmptyThrow = node.localName === 'intermediateThrowEvent' && !hasEventDefinition(node);
  if (!passed.has(node.localName) && !isEmptyThrow) return [];
  // A join waits for its other flows.
  const joins = node.localName.endsWith('lelGateway') || node.localName === 'inclusiveGateway';
  if (joins && (flows.arriving.get(node) ?? 0) > 1) return [];
  const out = flows.leaving.get(node) ?? [];
  const decides = out.length > 1 && node.localName !== 'parallelGateway' && node.localName.endsWith('Gateway');
  if (decides || out.some(({ isConditional }) => isConditional)) return [];
  return out.map(({ target }) => target);
}

function flowsOf(document: XmlDocument): Flows {
  const index = indexById(document);
  const leaving = new Map<XmlElement, Flow[]>();
  const arriving = new Map<XmlElement, number>();
  for (const flow of executedElements(document, new Set(['sequenceFlow']))) {
    const [source, target] = [referenced(index, flow, 'sourceRef'), referenced(index, flow, 'targetRef')];
    if (source === undefined || target === undefined) continue;
    const isConditional = bpmnChildren(flow, 'conditionExpression').length > 0;
    leaving.set(source, [...(leaving.get(source) ?? []), { target, isConditional }]);
    arriving.set(target, (arriving.get(target) ?? 0) + 1);
  }
  return { leaving, arriving };
}

function isPlainCall(call: XmlElement): boolean {
  const binding = extensionAttribute(call, 'calledElementBinding')?.value ?? 'latest';
  return binding === 'latest' || binding === 'deployment';
}

function repeats(node: XmlElement): boolean {
  return ['multiInstanceLoopCharacteristics', 'standardLoopCharacteristics'].some(
    (name) => bpmnChildren(node, name).length > 0,
  );
}
