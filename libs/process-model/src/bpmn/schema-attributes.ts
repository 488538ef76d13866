import { BpmnModdle } from 'bpmn-moddle';
import type { XmlElement } from '../xml/xml-tree.ts';

const metaModel = new BpmnModdle({});
/** Known types only: names from a hostile model must not fill it. */
const cache = new Map<string, ReadonlySet<string>>();

/** Elements that are named after their role and are expressions by type. */
const expressions: ReadonlySet<string> = new Set([
  'activationCondition',
  'completionCondition',
  'condition',
  'conditionExpression',
  'from',
  'loopCardinality',
  'loopCondition',
  'timeCycle',
  'timeDate',
  'timeDuration',
  'to',
  'transformation',
]);

/**
 * The attributes that BPMN itself gives an element, from the meta-model of bpmn-moddle (without extensions: with them,
 * a plain `topic` would pass for `camunda:topic`, which the schema does not).
 *
 * @returns undefined for elements that are no type of the meta-model, such as `dataInputRefs`
 */
export function schemaAttributes({ localName }: XmlElement): ReadonlySet<string> | undefined {
  const type = expressions.has(localName)
    ? 'bpmn:FormalExpression'
    : `bpmn:${localName.charAt(0).toUpperCase()}${localName.slice(1)}`;
  if (!Object.hasOwn(metaModel.registry.typeMap, type)) return undefined;
  const known = cache.get(type) ?? readAttributes(type);
  cache.set(type, known);
  return known;
}

function readAttributes(type: string): ReadonlySet<string> {
  const { properties } = metaModel.getType(type).$descriptor;
  return new Set(properties.filter(({ isAttr }) => isAttr === true).map(({ ns }) => ns.localName));
}
