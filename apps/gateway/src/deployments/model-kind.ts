import { basename } from 'node:path';
import type { ModelFile } from '@procos/contracts';

/** What a file of a deployment is to the engine. */
export type ModelKind = 'bpmn' | 'dmn' | 'form';

/** The engine goes by the end of a file's name, in small letters. */
const endings: readonly (readonly [ModelKind, RegExp, RegExp])[] = [
  ['dmn', /\.dmn(?:11\.xml)?$/i, /\.dmn(?:11\.xml)?$/],
  ['form', /\.form$/i, /\.form$/],
  ['bpmn', /\.(?:bpmn2?|xml)$/i, /\.bpmn(?:20\.xml)?$/],
];

/** By the name; a file that is called .xml alone, by its root element. */
export function kindOf({ name, content }: ModelFile): ModelKind {
  const byName = endings.find(([, ending]) => ending.test(name))?.[0] ?? 'bpmn';
  const isPlainXml = byName === 'bpmn' && /(?<!\.bpmn20)\.xml$/i.test(name);
  return isPlainXml && /<(?:[\w.-]+:)?definitions[^>]*\/spec\/DMN\//.test(content) ? 'dmn' : byName;
}

/** The name under which the engine keeps a file and sees what it is: `Order.BPMN` becomes `Order.bpmn`. */
export function resourceName(file: ModelFile): string {
  const kind = kindOf(file);
  const name = basename(file.name);
  const kept = endings.find(([one]) => one === kind)?.[2];
  return kept?.test(name) === true ? name : `${name.replace(/\.\w+$/, '')}.${kind}`;
}
