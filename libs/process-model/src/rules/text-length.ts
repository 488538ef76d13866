import { extensionAttribute } from '../bpmn/engine-view.ts';
import { executedElements, judgedProcesses } from '../bpmn/execution.ts';
import { indexById, resolve } from '../bpmn/references.ts';
import { flowElementNames } from '../bpmn/vocabulary.ts';
import { holdsExpression } from '../expressions/expression-value.ts';
import { attributeValue, childElements, directText } from '../xml/xml-tree.ts';
import type { DocumentRule, Report } from './rule.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

/** Columns of the engine's tables, in characters. */
const column = 255;
const versionTagColumn = 64;

interface Text {
  readonly element: XmlElement;
  readonly what: string;
  readonly text: string | undefined;
  readonly limit?: number;
}

export const textLength: DocumentRule = {
  id: 'text-length',
  severity: 'error',
  what: 'Ids, names, topics, message names, assignees, candidates and texts of timers have at most 255 characters, version tags 64.',
  why: 'The engine keeps them in columns of that width: what is longer is refused when it is deployed, or stops the instance when it gets there.',
  remedy: 'Shorten it; a long explanation belongs into <bpmn:documentation>.',
  fixable: false,
  *check(document): Iterable<Report> {
    for (const { element, what, text = '', limit = column } of [
      ...ofProcesses(document),
      ...ofElements(document),
      ...ofEvents(document),
    ]) {
      if (text.length > limit)
        yield {
          element,
          message: `The ${what} has ${text.length} characters, and ${limit} are possible: "${text.slice(0, 40)}…"`,
        };
    }
  },
};

function* ofProcesses(document: XmlDocument): Iterable<Text> {
  for (const element of judgedProcesses(document)) {
    yield { element, what: 'id of the process', text: attributeValue(element, 'id') };
    yield { element, what: 'name of the process', text: attributeValue(element, 'name') };
    yield {
      element,
      what: 'version tag',
      text: extensionAttribute(element, 'versionTag')?.value,
      limit: versionTagColumn,
    };
    yield {
      element,
      what: 'target namespace, which is the category of the process,',
      text: attributeValue(document.root, 'targetNamespace'),
    };
    yield* candidates(element, 'candidateStarterUsers', 'candidateStarterGroups');
  }
}

function* ofElements(document: XmlDocument): Iterable<Text> {
  for (const element of executedElements(document, flowElementNames)) {
    yield { element, what: 'id', text: attributeValue(element, 'id') };
    if (element.localName !== 'sequenceFlow')
      yield { element, what: 'name', text: literal(attributeValue(element, 'name')) };
    for (const name of ['topic', 'assignee'])
      yield { element, what: name, text: literal(extensionAttribute(element, name)?.value) };
    yield* candidates(element, 'candidateUsers', 'candidateGroups');
  }
}

/** Each of a list is stored by itself. */
function* candidates(element: XmlElement, users: string, groups: string): Iterable<Text> {
  for (const [name, what] of [
    [users, 'candidate user'],
    [groups, 'candidate group'],
  ] as const) {
    const list = literal(extensionAttribute(element, name)?.value) ?? '';
    for (const text of list.split(',')) yield { element, what, text: text.trim() };
  }
}

function* ofEvents(document: XmlDocument): Iterable<Text> {
  const index = indexById(document);
  for (const element of executedElements(
    document,
    new Set(['messageEventDefinition', 'signalEventDefinition', 'receiveTask', 'timerEventDefinition']),
  )) {
    const reference = attributeValue(element, 'messageRef') ?? attributeValue(element, 'signalRef');
    const referenced = reference === undefined ? undefined : resolve(index, reference);
    if (referenced !== undefined)
      yield {
        element: referenced,
        what: `name of the ${referenced.localName}`,
        text: literal(attributeValue(referenced, 'name')),
      };
    // The engine stores "DURATION: " or the like before it.
    for (const time of childElements(element).filter(({ localName }) => localName.startsWith('time'))) {
      yield { element, what: 'time', text: directText(time).trim(), limit: column - 'DURATION: '.length };
    }
  }
}

/** What an expression gives is known at run time only. */
function literal(text: string | undefined): string | undefined {
  return text === undefined || holdsExpression(text) ? undefined : text;
}
