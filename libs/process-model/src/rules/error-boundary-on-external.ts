import { many, one } from './model-rule.ts';
import type { BpmnlintRuleFactory } from 'bpmnlint';
import type { ModdleElement } from 'bpmn-moddle';
import type { ModelRule } from './model-rule.ts';

const create: BpmnlintRuleFactory = () => {
  const guarded = new Set<ModdleElement>();
  const external: ModdleElement[] = [];
  return {
    check: {
      enter(node) {
        const host = isErrorBoundary(node) ? one(node, 'attachedToRef') : undefined;
        if (host !== undefined) guarded.add(host);
        if (isErrorSubProcess(node) && node.$parent !== undefined) guarded.add(node.$parent);
        if (node.$instanceOf('camunda:ExternalCapable') && node.get('camunda:type') === 'external' && node.$instanceOf('bpmn:Task')) {
          external.push(node);
        }
      },
      leave(node, reporter) {
        if (!node.$instanceOf('bpmn:Definitions')) return;
        for (const task of external) {
          if (!isGuarded(task, guarded)) reporter.report(task.id, 'No error boundary event or error sub-process handles a failure of this task');
        }
      },
    },
  };
};

export const errorBoundaryOnExternal: ModelRule = {
  id: 'error-boundary-on-external',
  severity: 'warning',
  what: 'A business error of an external task is handled by an error boundary event, or by an error event sub-process around it.',
  why: 'An error that nobody catches ends the instance silently, as if all were done.',
  remedy: 'Attach an error boundary event to the task or to the sub-process around it, and model what happens then.',
  fixable: false,
  create,
};

/** The task itself is guarded, or one of the scopes around it. */
function isGuarded(task: ModdleElement, guarded: ReadonlySet<ModdleElement>): boolean {
  for (let scope: ModdleElement | undefined = task; scope !== undefined; scope = scope.$parent) {
    if (guarded.has(scope)) return true;
  }
  return false;
}

function isErrorBoundary(node: ModdleElement): boolean {
  return node.$instanceOf('bpmn:BoundaryEvent') && catchesErrors(node);
}

function isErrorSubProcess(node: ModdleElement): boolean {
  if (!node.$instanceOf('bpmn:SubProcess') || node.get('triggeredByEvent') !== true) return false;
  return many(node, 'flowElements').some((child) => child.$instanceOf('bpmn:StartEvent') && catchesErrors(child));
}

function catchesErrors(event: ModdleElement): boolean {
  return many(event, 'eventDefinitions').some((definition) => definition.$instanceOf('bpmn:ErrorEventDefinition'));
}
