import { one } from './model-rule.ts';
import type { ModdleElement } from 'bpmn-moddle';
import type { ModelRule } from './model-rule.ts';

/** More parallel instances than this at once lock the engine's database for long. */
const largestCardinality = 1_000;

export const boundedMultiInstance: ModelRule = {
  id: 'bounded-multi-instance',
  severity: 'warning',
  what: 'A multi-instance activity has a written bound: a number of at most 1,000, or it runs one after the other.',
  why: 'A collection from outside decides otherwise how many tasks are created in one transaction.',
  remedy: 'Make it sequential, write a number as loopCardinality, or limit the collection in the task before.',
  fixable: false,
  create: () => ({
    check(node, reporter) {
      const loop = node.$instanceOf('bpmn:Activity') ? one(node, 'loopCharacteristics') : undefined;
      if (loop === undefined || !loop.$instanceOf('bpmn:MultiInstanceLoopCharacteristics')) return;
      if (loop.get('isSequential') === true || isBounded(loop)) return;
      reporter.report(node.id, `The number of parallel instances is not bounded by ${largestCardinality}`);
    },
  }),
};

function isBounded(loop: ModdleElement): boolean {
  const cardinality = one(loop, 'loopCardinality')?.get('body');
  if (typeof cardinality !== 'string' || !/^\s*\d{1,9}\s*$/.test(cardinality)) return false;
  return Number(cardinality) <= largestCardinality;
}
