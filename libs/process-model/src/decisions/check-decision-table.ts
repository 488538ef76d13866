import { attributeValue, childElements } from '../xml/xml-tree.ts';
import type { Report } from '../rules/rule.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

/** Of those of the schema. */
const unknownPolicies: ReadonlySet<string> = new Set(['PRIORITY', 'OUTPUT ORDER']);

/** What the engine asks of a decision table beyond the schema. */
export function* checkDecisionTable(table: XmlElement): Iterable<Report> {
  yield* checkHitPolicy(table);
  const [inputs, outputs, rules] = [named(table, 'input'), named(table, 'output'), named(table, 'rule')];
  for (const element of [...inputs, ...outputs, ...rules])
    if (attributeValue(element, 'id') === undefined) yield { element, message: `<${element.name}> has no id` };
  yield* checkOutputs(outputs);
  for (const rule of rules) {
    for (const [what, columns] of [
      ['inputEntry', inputs],
      ['outputEntry', outputs],
    ] as const) {
      const entries = named(rule, what).length;
      if (entries !== columns.length)
        yield {
          element: rule,
          message: `The rule has ${entries} <${what}>, and the table ${columns.length} ${what === 'inputEntry' ? 'inputs' : 'outputs'}`,
        };
    }
  }
}

function* checkHitPolicy(table: XmlElement): Iterable<Report> {
  const policy = attributeValue(table, 'hitPolicy') ?? 'UNIQUE';
  const aggregation = attributeValue(table, 'aggregation');
  if (unknownPolicies.has(policy))
    yield {
      element: table,
      message: `The engine does not know the hit policy "${policy.slice(0, 40)}"`,
      remedy: 'Use one of UNIQUE, FIRST, ANY, RULE ORDER, COLLECT.',
    };
  else if (aggregation !== undefined && policy !== 'COLLECT')
    yield {
      element: table,
      message: `The hit policy ${policy} does not go with the aggregation ${aggregation.slice(0, 40)}`,
      remedy: 'Only COLLECT has an aggregation.',
    };
}

function* checkOutputs(outputs: readonly XmlElement[]): Iterable<Report> {
  if (outputs.length < 2) return;
  const names = new Set<string>();
  for (const output of outputs) {
    const name = attributeValue(output, 'name');
    if (name === undefined) yield { element: output, message: 'One of several outputs has no name' };
    else if (names.has(name))
      yield { element: output, message: `Another output has the name "${name.slice(0, 60)}" too` };
    if (name !== undefined) names.add(name);
  }
}

function named(parent: XmlElement, name: string): XmlElement[] {
  return childElements(parent).filter(({ localName, uri }) => localName === name && uri === parent.uri);
}
