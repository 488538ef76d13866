import type { BpmnlintRuleFactory } from 'bpmnlint';
import type { ModdleElement } from 'bpmn-moddle';
import type { RuleDescription } from './rule.ts';

/** A rule about the modelling, run by bpmnlint on the BPMN model with its references resolved. */
export interface ModelRule extends RuleDescription {
  readonly create: BpmnlintRuleFactory;
}

function isElement(value: unknown): value is ModdleElement {
  return typeof value === 'object' && value !== null && '$type' in value;
}

/** The elements of a property that holds many; none when it is not set. */
export function many(element: ModdleElement, property: string): ModdleElement[] {
  const value = element.get(property);
  return Array.isArray(value) ? value.filter(isElement) : [];
}

/** The element of a property that holds one. */
export function one(element: ModdleElement, property: string): ModdleElement | undefined {
  const value = element.get(property);
  return isElement(value) ? value : undefined;
}
