import type { ModdleElement } from 'bpmn-moddle';
import { isConditional } from './gateway-conditions.ts';
import { many, type ModelRule, one } from './model-rule.ts';

/** Topics whose work is seen outside of the process, or is paid for. */
const effects = new Set([
  'email_send',
  'send_email',
  'send_message',
  'service_call',
  'ai_query',
  'text_generation',
  'code_analysis',
  'ai_completion',
  'analysis',
  'code_generation',
  'translation',
]);
const changingMethods = /^(POST|PUT|PATCH|DELETE)$/i;
const changingOperations = /^(write|append|delete|move|copy|create\w*|mkdir)$/i;

export const asyncAfterEffect: ModelRule = {
  id: 'async-after-effect',
  severity: 'warning',
  what: 'Between a task with an effect (a mail, a POST, a written file, an asked model) and a decision or a call that can fail stands a save point: camunda:asyncAfter="true".',
  why: 'The engine takes the result of the task and what follows in one transaction: a condition that fails refuses the result, and the incident stands at the task although its work is done. The result is kept and not made again.',
  remedy:
    'Set camunda:asyncAfter="true" on the task (a failure then stands where it happens); it costs one more transaction: docs/reference/benchmarks.md tells how long.',
  fixable: false,
  create: () => ({
    check(node, reporter) {
      if (!hasEffect(node) || node.get('camunda:asyncAfter') === true) return;
      const hazard = hazardBehind(node, new Set());
      if (hazard !== undefined)
        reporter.report(
          node.id,
          `The effect of this task and "${hazard.id}" are one transaction: when that fails, the result of the task is refused with it`,
        );
    },
  }),
};

function hasEffect(node: ModdleElement): boolean {
  if (!node.$instanceOf('camunda:ExternalCapable') || node.get('camunda:type') !== 'external') return false;
  const topic = node.get('camunda:topic');
  if (topic === 'http_request') return changingMethods.test(inputOf(node, 'method'));
  if (topic === 'file_operation') return changingOperations.test(inputOf(node, 'operation'));
  return typeof topic === 'string' && effects.has(topic);
}

/** The text of an input parameter; empty when there is none. */
function inputOf(node: ModdleElement, name: string): string {
  const extensions = one(node, 'extensionElements');
  const mappings =
    extensions === undefined ? [] : many(extensions, 'values').filter(({ $type }) => $type === 'camunda:InputOutput');
  const parameter = mappings
    .flatMap((mapping) => many(mapping, 'inputParameters'))
    .find((candidate) => candidate.get('name') === name);
  const text = parameter?.get('value');
  return typeof text === 'string' ? text.trim() : '';
}

/** The first step of the same transaction that decides or calls. */
function hazardBehind(node: ModdleElement, seen: Set<ModdleElement>): ModdleElement | undefined {
  const flows = many(node, 'outgoing');
  const conditional = flows.find((flow) => isConditional(flow) && !node.$instanceOf('bpmn:Gateway'));
  if (conditional !== undefined) return conditional;
  for (const flow of flows) {
    const next = one(flow, 'targetRef');
    if (next === undefined || seen.has(next) || next.get('camunda:asyncBefore') === true) continue;
    seen.add(next);
    const hazard = hazardAt(next) ? next : passesOn(next) ? hazardBehind(next, seen) : undefined;
    if (hazard !== undefined) return hazard;
  }
  return undefined;
}

function hazardAt(node: ModdleElement): boolean {
  if (node.$instanceOf('bpmn:CallActivity')) return true;
  return (
    node.$instanceOf('bpmn:Gateway') &&
    !node.$instanceOf('bpmn:EventBasedGateway') &&
    many(node, 'outgoing').some(isConditional)
  );
}

/** Whether the engine goes on behind this step at once. */
function passesOn(node: ModdleElement): boolean {
  return (
    (node.$instanceOf('bpmn:Gateway') && !node.$instanceOf('bpmn:EventBasedGateway')) ||
    node.$instanceOf('bpmn:IntermediateThrowEvent')
  );
}
