import { eventNames, gatewayNames } from '../bpmn/vocabulary.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

const kinds: Readonly<Record<string, string>> = {
  sequenceFlow: 'Flow',
  messageFlow: 'Flow',
  association: 'Association',
  dataInputAssociation: 'DataInput',
  dataOutputAssociation: 'DataOutput',
  textAnnotation: 'Note',
  group: 'Group',
  dataObjectReference: 'Data',
  dataObject: 'DataObject',
  dataStoreReference: 'DataStore',
  participant: 'Pool',
  lane: 'Lane',
  laneSet: 'LaneSet',
  process: 'Process',
  collaboration: 'Collaboration',
  definitions: 'Definitions',
  message: 'Message',
  signal: 'Signal',
  error: 'Error',
  escalation: 'Escalation',
  BPMNDiagram: 'Diagram',
  BPMNPlane: 'Plane',
  BPMNShape: 'Shape',
  BPMNEdge: 'Edge',
};

/** What ids of such elements begin with, as modelers write them. */
export function kindOf({ localName }: XmlElement): string {
  if (Object.hasOwn(kinds, localName)) return kinds[localName] ?? 'Element';
  if (gatewayNames.has(localName)) return 'Gateway';
  if (eventNames.has(localName)) return 'Event';
  return /(?:[tT]ask|[pP]rocess|Activity|transaction)$/.test(localName) ? 'Activity' : 'Element';
}

/** The wanted id, or with the first free number behind it; it is taken from then on. */
export function takeId(wanted: string, taken: Set<string>, firstNumber?: number): string {
  let id = firstNumber === undefined ? wanted : `${wanted}_${firstNumber}`;
  for (let number = firstNumber ?? 2; taken.has(id); number += 1) id = `${wanted}_${number}`;
  taken.add(id);
  return id;
}
