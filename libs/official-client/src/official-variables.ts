import type { EngineValue, LockedTask } from '@procos/engine-client';
import { parseJson, writeJson } from '@procos/json';
import { decodeValue, TypedValue, UnreadableValue } from '@procos/engine-client';
import { type OfficialTask, type TypedVariable, Variables } from './official-package.ts';

/** A task as handlers of the official client get it. Structured values are handed over as the client's own JSON type. */
export function officialTask(task: LockedTask, engineService: unknown): OfficialTask {
  const values = Object.fromEntries(Object.entries(task.variables).map(([name, value]) => [name, asJson(value)]));
  return {
    ...task,
    variables: new Variables(values, { readOnly: true, processInstanceId: task.processInstanceId, engineService }),
  };
}

function asJson(value: EngineValue): TypedVariable {
  const isJson = value.type === 'Object' && value.valueInfo?.['serializationDataFormat'] === 'application/json';
  return isJson ? asClientJson(value) : { ...value, type: value.type ?? 'Null' };
}

/** The client parses its own type when it is asked for it, and loses digits of long integers: they are handed over as they are. */
function asClientJson(value: EngineValue): TypedVariable {
  const exact = decodeValue(value);
  if (exact instanceof UnreadableValue || typeof value.value !== 'string') return { ...value, type: 'Object' };
  const isExact = writeJson(exact) === writeJson(JSON.parse(value.value) as unknown);
  return isExact ? { ...value, type: 'json' } : { ...value, type: 'Object', value: exact };
}

/** Variables that a handler has set. JSON goes through the codec: the client's own type needs a plug-in that not every engine has. */
export function changedVariables(variables: Variables | undefined): Record<string, unknown> {
  if (!(variables instanceof Variables)) return {};
  return Object.fromEntries(
    Object.entries(variables.getDirtyVariables()).map(([name, value]) => [name, fromTyped(value)]),
  );
}

function fromTyped({ type, value, valueInfo }: TypedVariable): unknown {
  if (type === 'json' && typeof value === 'string' && valueInfo?.['transient'] !== true) return parseJson(value);
  return new TypedValue(type, value, valueInfo);
}
