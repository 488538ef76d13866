import {
  encodeVariables,
  type EngineValue,
  type EngineValues,
  TypedValue,
  type Variables,
} from '@procos/engine-client';
import { messageOf } from '@procos/errors';
import type { Achieved, HeldTask } from '../core/messages.ts';

/** The variable of a task's own scope that holds what the engine did not take. */
export const keptResultVariable = 'procos_kept_result';
/** Each answer to a retry carries it, and the engine's database holds it: no more is kept than this, in bytes. */
const longestKept = 1_048_576;

/** A result as it is kept: its variables as the engine is sent them, so that whatever could be sent can be kept. */
interface KeptDocument {
  /** The external task it belongs to; there is one for each activity instance. */
  readonly task: string;
  readonly topic: string;
  readonly result:
    | { readonly kind: 'complete'; readonly variables: EngineValues; readonly localVariables: EngineValues }
    | { readonly kind: 'bpmnError'; readonly code: string; readonly message: string; readonly variables: EngineValues };
}

/** Why a result cannot be kept; `undefined` = it can. */
export function unkeepable(achieved: Achieved): string | undefined {
  let bytes: number;
  try {
    bytes = Buffer.byteLength(JSON.stringify(resultOf(achieved)));
  } catch (thrown) {
    return messageOf(thrown);
  }
  return bytes <= longestKept
    ? undefined
    : `it has ${bytes.toLocaleString('en')} bytes, ${longestKept.toLocaleString('en')} at most are kept`;
}

/** The variables to keep a result with its task. */
export function keptVariables({ id, topic }: Pick<HeldTask, 'id' | 'topic'>, achieved: Achieved): Variables {
  const kept: KeptDocument = { task: id, topic, result: resultOf(achieved) };
  return { [keptResultVariable]: kept };
}

/** Reads what is kept. What was not written for this very task counts for nothing. */
export function readKeptResult({ id, topic }: Pick<HeldTask, 'id' | 'topic'>, value: unknown): Achieved | undefined {
  if (!isRecord(value) || value['task'] !== id || value['topic'] !== topic || !isRecord(value['result']))
    return undefined;
  const { kind, variables, localVariables, code, message } = value['result'];
  if (!isRecord(variables)) return undefined;
  if (kind === 'complete')
    return {
      kind,
      variables: asSent(variables),
      localVariables: asSent(isRecord(localVariables) ? localVariables : {}),
    };
  if (kind === 'bpmnError' && typeof code === 'string' && typeof message === 'string')
    return { kind, code, message, variables: asSent(variables) };
  return undefined;
}

/** A result with what takes its kept copy out of the engine in the same transaction. */
export function withoutKept(achieved: Achieved): Achieved {
  const nothing = { [keptResultVariable]: null };
  if (achieved.kind === 'complete') return { ...achieved, localVariables: { ...achieved.localVariables, ...nothing } };
  // The engine looks for the innermost scope that has a variable of this name: that of the task.
  return { ...achieved, variables: { ...achieved.variables, ...nothing } };
}

function resultOf(achieved: Achieved): KeptDocument['result'] {
  const variables = encodeVariables(achieved.variables);
  if (achieved.kind === 'bpmnError')
    return { kind: 'bpmnError', code: achieved.code, message: achieved.message, variables };
  return { kind: 'complete', variables, localVariables: encodeVariables(achieved.localVariables ?? {}) };
}

function asSent(values: Readonly<Record<string, unknown>>): Variables {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typedValue(value as EngineValue)]));
}

function typedValue({ type, value, valueInfo }: EngineValue): unknown {
  return type === undefined || type === 'Null' ? null : new TypedValue(type, value, valueInfo);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
