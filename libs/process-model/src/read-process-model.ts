import { bpmnChildren, extensionAttribute, isBpmn, isDiagram, typeName } from './bpmn/engine-view.ts';
import { drawnIds, elementsToDraw } from './bpmn/diagram.ts';
import { indexById, resolve } from './bpmn/references.ts';
import { flowElementNames, flowNodeNames } from './bpmn/vocabulary.ts';
import { readBpmn, readDocument } from './read-bpmn.ts';
import { attributeValue, descendants } from './xml/xml-tree.ts';
import type { XmlDocument, XmlElement } from './xml/xml-tree.ts';

/** The BPMN model as bpmn-moddle holds it: for tools of that family, opaque to everyone else. */
export interface BpmnDefinitions {
  readonly $type: string;
}

export interface ModelElement {
  readonly id: string;
  /** Type of the BPMN meta-model, for example `bpmn:ServiceTask`. */
  readonly type: string;
  readonly name: string | undefined;
}

export interface ExternalTaskElement {
  readonly elementId: string;
  readonly topic: string;
}

/** An event that throws or catches an error that has a code. */
interface ErrorEventElement {
  readonly elementId: string;
  readonly errorCode: string;
}

/** One process of a model: what it needs from others, and its elements. */
export interface ProcessSummary {
  /** The process key under which it is started. */
  readonly id: string;
  readonly name: string | undefined;
  readonly versionTag: string | undefined;
  readonly isExecutable: boolean;
  /** As written: `P30D`, or a number of days. */
  readonly historyTimeToLive: string | undefined;
  /** Topics of its external tasks, each once, in order of appearance. */
  readonly topics: readonly string[];
  /** Which element asks for which topic. */
  readonly externalTasks: readonly ExternalTaskElement[];
  /** Keys (or expressions) of the processes it calls. */
  readonly calledElements: readonly string[];
  /** Names of the messages it waits for or sends. */
  readonly messages: readonly string[];
  /** Flow nodes and sequence flows, those of sub-processes included. */
  readonly elements: readonly ModelElement[];
  /** Ids of the flow nodes that a sequence flow leaves, those of sub-processes included. */
  readonly continued: readonly string[];
  /** Events that throw or catch an error that has a code, those of sub-processes included. */
  readonly errorEvents: readonly ErrorEventElement[];
}

export interface ProcessModel {
  /** Name of the file, when the reader was told. */
  readonly file: string | undefined;
  readonly definitions: BpmnDefinitions;
  readonly processes: readonly ProcessSummary[];
  /** True when everything that can be drawn has its place in the diagram. */
  readonly hasDiagram: boolean;
  /** What the reader did not understand and dropped. */
  readonly warnings: readonly string[];
}

/**
 * Reads a BPMN 2.0 model behind the safe intake: nothing outside the text is loaded, nothing in it is executed.
 *
 * @param options.file shown in messages only; nothing is read from disk
 * @throws an error for which `isProcessModelError` is true: refused, not well-formed, or no BPMN
 */
export async function readProcessModel(xml: string, options: { readonly file?: string } = {}): Promise<ProcessModel> {
  const document = readDocument(xml);
  const { definitions, warnings } = await readBpmn(xml);
  const drawn = drawnIds(document);
  return {
    file: options.file,
    definitions,
    processes: bpmnChildren(document.root, 'process').map((process) => summarize(process, document)),
    hasDiagram:
      drawn.size > 0 && elementsToDraw(document).every((element) => drawn.has(attributeValue(element, 'id') ?? '')),
    warnings: warnings.map(({ message }) => message),
  };
}

function summarize(process: XmlElement, document: XmlDocument): ProcessSummary {
  const elements = Array.from(descendants(process)).filter((element) => !isDiagram(element));
  const externalTasks = elements.flatMap(externalTask);
  return {
    id: attributeValue(process, 'id') ?? '',
    name: attributeValue(process, 'name'),
    versionTag: extensionAttribute(process, 'versionTag')?.value,
    isExecutable: attributeValue(process, 'isExecutable') === 'true',
    historyTimeToLive: extensionAttribute(process, 'historyTimeToLive')?.value,
    topics: unique(externalTasks.map(({ topic }) => topic)),
    externalTasks,
    calledElements: unique(elements.flatMap(calledElement)),
    messages: unique(messageNames(elements, document)),
    elements: elements.filter(isFlowElement).map(modelElement),
    continued: unique(elements.flatMap(sourceOfFlow)),
    errorEvents: errorEvents(elements, document),
  };
}

/** A task, or the message event around the definition that names the topic. */
function externalTask(element: XmlElement): ExternalTaskElement[] {
  const topic = extensionAttribute(element, 'topic')?.value.trim() ?? '';
  if (topic === '') return [];
  const named = flowNodeNames.has(element.localName) ? element : (element.parent ?? element);
  return [{ elementId: attributeValue(named, 'id') ?? '', topic }];
}

function sourceOfFlow(element: XmlElement): string[] {
  const source =
    isBpmn(element) && element.localName === 'sequenceFlow' ? attributeValue(element, 'sourceRef') : undefined;
  return source === undefined ? [] : [source];
}

/** The engine takes the id of an error that the model does not declare for its code. */
function errorEvents(elements: readonly XmlElement[], document: XmlDocument): ErrorEventElement[] {
  const index = indexById(document);
  return elements.flatMap((element) => {
    if (!isBpmn(element) || element.localName !== 'errorEventDefinition') return [];
    const reference = attributeValue(element, 'errorRef');
    const error = reference === undefined ? undefined : resolve(index, reference);
    const errorCode = error === undefined ? reference : attributeValue(error, 'errorCode');
    const elementId = element.parent === undefined ? undefined : attributeValue(element.parent, 'id');
    return elementId === undefined || errorCode === undefined || errorCode === '' ? [] : [{ elementId, errorCode }];
  });
}

function calledElement(element: XmlElement): string[] {
  const called =
    isBpmn(element) && element.localName === 'callActivity' ? attributeValue(element, 'calledElement') : undefined;
  return called === undefined ? [] : [called];
}

function messageNames(elements: readonly XmlElement[], document: XmlDocument): string[] {
  const index = indexById(document);
  return elements.flatMap((element) => {
    const reference = isBpmn(element) ? attributeValue(element, 'messageRef') : undefined;
    const message = reference === undefined ? undefined : resolve(index, reference);
    const name = message === undefined ? undefined : attributeValue(message, 'name');
    return name === undefined ? [] : [name];
  });
}

function isFlowElement(element: XmlElement): boolean {
  return isBpmn(element) && flowElementNames.has(element.localName);
}

function modelElement(element: XmlElement): ModelElement {
  return { id: attributeValue(element, 'id') ?? '', type: typeName(element), name: attributeValue(element, 'name') };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
