import { join } from 'node:path';
import { generateFiles, type Tree } from '@nx/devkit';
import { formatSources } from './format-sources.ts';
import { spellings } from './names.ts';

const templates = join(import.meta.dirname, '../templates/process');

export interface ProcessOptions {
  readonly name: string;
  readonly group?: 'examples' | 'system';
}

/** `nx g @procos/tools:process order_approval` */
export async function processModel(tree: Tree, { name, group = 'examples' }: ProcessOptions) {
  const names = spellings(name);
  const folder = `processes/${group}/${names.snake}`;
  if (tree.exists(folder)) throw new Error(`${folder} is there already: choose another key.`);
  generateFiles(tree, templates, folder, names);
  return () => {
    formatSources(tree);
    process.stderr.write(nextSteps(folder, names.snake));
  };
}

/** The model alone is checked within seconds; its own test runs it on an engine. */
function nextSteps(folder: string, key: string): string {
  return [
    '',
    `Next: open ${folder}/${key}.bpmn in Camunda Modeler.`,
    'Check the model: npx vitest run processes/models.test.ts',
    `Run its test:    npx vitest run -c vitest.engine.config.ts ${folder}`,
    `See it run:      npx procos run ${folder}/${key}.bpmn --wait`,
    '',
  ].join('\n');
}
