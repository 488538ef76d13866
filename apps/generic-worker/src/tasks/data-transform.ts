import { dataTransform } from '@procos/contracts';
import { BpmnError, TerminalError } from '@procos/errors';
import { parseJson } from '@procos/json';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import { exactJson } from '../exact-json.ts';
import type { Sandbox } from '../transform/sandbox.ts';
import { readSteps, type Step } from '../transform/transformation.ts';
import { boundedJson, JsonBoundsError } from '../validation/bounded-json.ts';
import { dataOrItsJson } from '../validation/check-data.ts';

const deepest = 100;
const mostValues = 1_000_000;

/** Turns data into other data. The expressions of a model run in a process of their own. */
export function dataTransformTask(sandbox: Sandbox): TaskDefinition {
  const { maxCharacters } = sandbox.limits;
  return defineTask(dataTransform, async (input, { lease, properties }) => {
    const steps = readSteps(input.transformation_type, input.transformation_config);
    const given = takesText(steps[0]) ? (input.data ?? null) : dataOrItsJson(input.data ?? null, {});
    const data = exactJson(bounded(given, 'data', maxCharacters), 'The data cannot be used');
    if (data.length > maxCharacters)
      throw new TerminalError(`The data is too large: it holds more than ${maxCharacters} characters.`);
    const result = await sandbox.run(steps, data, lease.signal);
    if (result.ok) return { transformed_data: bounded(parseJson(result.text), 'result', maxCharacters) };
    const { label, where, reason, isMalformed } = result.fault;
    const message = `The transformation failed in ${label}, ${where}: ${reason}.`;
    // Only a model that says so has a way for it; elsewhere the instance would end without a word.
    throw isMalformed && properties['malformed'] === 'error'
      ? new BpmnError('INVALID_DATA', message)
      : new TerminalError(message);
  });
}

/** CSV and XML are texts; any other step works on the value that a text may stand for. */
function takesText(step: Step | undefined): boolean {
  return step?.type === 'convert';
}

function bounded(value: unknown, what: string, characters: number): unknown {
  try {
    return boundedJson(value, { depth: deepest, values: mostValues, characters });
  } catch (thrown) {
    if (thrown instanceof JsonBoundsError)
      throw new TerminalError(`The ${what} is too large: it ${thrown.message}.`, { cause: thrown });
    throw thrown;
  }
}
