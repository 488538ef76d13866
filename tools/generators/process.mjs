import { join } from 'node:path';
import { generateFiles } from '@nx/devkit';
import { spellings } from './names.mjs';

const templates = join(import.meta.dirname, '../templates/process');

/**
 * `nx g @procos/tools:process order_approval`
 * @param {import('@nx/devkit').Tree} tree
 * @param {{name: string, group?: 'examples' | 'system'}} options
 */
export async function processModel(tree, { name, group = 'examples' }) {
  const names = spellings(name);
  const folder = `processes/${group}/${names.snake}`;
  if (tree.exists(folder)) throw new Error(`${folder} is there already: choose another key.`);
  generateFiles(tree, templates, folder, names);
  return () => {
    process.stderr.write(`\nNext: open ${folder}/${names.snake}.bpmn in Camunda Modeler, then npx vitest run --project processes.\nSee it run: npx procos run ${folder}/${names.snake}.bpmn --wait\n`);
  };
}
