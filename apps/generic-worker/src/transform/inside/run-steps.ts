import { parseJson } from '@procos/json';
import type { Step } from '../transformation.ts';
import { convertData } from './convert.ts';
import { compileExpression } from './expression.ts';
import { MalformedError, StepError, type TransformFault } from './fault.ts';
import { joinEntries } from './join.ts';
import { aggregateEntries, filterEntries, mapEntries, sortEntries } from './lists.ts';

export type StepsResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly fault: TransformFault };

/** Does one step after the other; the result is JSON text, so that nothing but data leaves. */
export async function runSteps(steps: readonly Step[], data: string, maxCharacters: number): Promise<StepsResult> {
  let current = parseJson(data);
  let label = steps[0]?.label ?? '';
  try {
    for (const step of steps) {
      label = step.label;
      current = await runStep(step, current);
    }
    const text = JSON.stringify(current ?? null, dataOnly);
    if (text.length > maxCharacters) throw new StepError('result', `it holds more than ${maxCharacters} characters`);
    return { ok: true, text };
  } catch (thrown) {
    return { ok: false, fault: { label, ...faultOf(thrown) } };
  }
}

function runStep(step: Step, data: unknown): unknown {
  switch (step.type) {
    case 'expression':
      return compileExpression(step.config.expression, 'expression')(data, { data });
    case 'mapping':
      return mapEntries(data, step.config);
    case 'filter':
      return filterEntries(data, step.config);
    case 'sort':
      return sortEntries(data, step.config);
    case 'aggregate':
      return aggregateEntries(data, step.config);
    case 'join':
      return joinEntries(data, step.config);
    case 'convert':
      return convertData(data, step.config);
  }
}

/** Functions of the language are objects, too, and hold everything that they can see. */
function dataOnly(_: string, value: unknown): unknown {
  const isFunction =
    typeof value === 'object' && value !== null && ('_jsonata_lambda' in value || '_jsonata_function' in value);
  if (isFunction || typeof value === 'function') throw new StepError('result', 'it holds a function, which is no data');
  return value;
}

function faultOf(thrown: unknown): Omit<TransformFault, 'label'> {
  if (thrown instanceof StepError)
    return { where: thrown.where, reason: thrown.message, isMalformed: thrown instanceof MalformedError };
  if (thrown instanceof RangeError)
    return { where: 'result', reason: 'it is too large or nested too deeply', isMalformed: false };
  return {
    where: 'data',
    reason: thrown instanceof Error ? `it cannot be worked on (${thrown.name})` : 'it cannot be worked on',
    isMalformed: false,
  };
}
