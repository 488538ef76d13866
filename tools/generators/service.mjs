import { join } from 'node:path';
import { generateDeployable } from './deployable.mjs';

const templates = join(import.meta.dirname, '../templates/service');

/**
 * `nx g @procos/tools:service order-desk`
 * @param {import('@nx/devkit').Tree} tree
 * @param {{name: string, port?: number, purpose?: string}} options
 */
export async function service(tree, { name, port, purpose = 'Answers greetings.' }) {
  return generateDeployable(tree, { templates, name, port, purpose, mayNot: 'Other apps; REST paths of the engine' });
}
