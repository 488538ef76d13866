import { join } from 'node:path';
import { generateFiles } from '@nx/devkit';
import { formatSources } from './format-sources.mjs';
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
    formatSources(tree);
    process.stderr.write(nextSteps(folder, names.snake));
  };
}

/** The model alone is checked within seconds; its own test runs it on an engine. */
function nextSteps(folder, key) {
  return [
    '',
    `Next: open ${folder}/${key}.bpmn in Camunda Modeler.`,
    'Check the model: npx vitest run processes/models.test.ts',
    `Run its test:    npx vitest run -c vitest.engine.config.ts ${folder}`,
    `See it run:      npx procos run ${folder}/${key}.bpmn --wait`,
    '',
  ].join('\n');
}
