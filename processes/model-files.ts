import { globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';

export interface ModelFile {
  /** Process key, which is also the name of the file and of its folder. */
  readonly key: string;
  readonly folder: string;
  readonly file: string;
  readonly xml: string;
}

/** Every model of this folder. */
export function modelFiles(): ModelFile[] {
  const files = globSync('{system,examples}/*/*.bpmn', { cwd: import.meta.dirname }).toSorted();
  return files.map((file) => ({
    key: basename(file, '.bpmn'),
    folder: `${import.meta.dirname}/${dirname(file)}`,
    file,
    xml: readFileSync(`${import.meta.dirname}/${file}`, 'utf8'),
  }));
}
