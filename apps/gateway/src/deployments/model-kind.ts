import { basename } from 'node:path';
import type { ModelFile } from '@procos/contracts';
import { modelKind, type ModelKind } from '@procos/process-model/model-kind';

/** What a file is to the engine. One that says nothing of itself is judged as a BPMN model, and refused with the reason. */
export function kindOf({ name, content }: ModelFile): ModelKind {
  return modelKind(name, content) ?? 'bpmn';
}

/** The engine goes by the end of a file's name, in small letters. */
const engineEndings: Readonly<Record<ModelKind, RegExp>> = {
  bpmn: /\.bpmn(?:20\.xml)?$/,
  dmn: /\.dmn(?:11\.xml)?$/,
  form: /\.form$/,
};

/** The name under which the engine keeps a file and sees what it is: `Order.BPMN` becomes `Order.bpmn`. */
export function resourceName(file: ModelFile): string {
  const kind = kindOf(file);
  const name = basename(file.name);
  return engineEndings[kind].test(name) ? name : `${name.replace(/\.\w+$/, '')}.${kind}`;
}
