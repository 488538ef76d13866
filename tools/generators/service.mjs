import { generateDeployable } from './deployable.mjs';

/**
 * `nx g @procos/tools:service order-desk`
 * @param {import('@nx/devkit').Tree} tree
 * @param {{name: string, port?: number, purpose?: string}} options
 */
export async function service(tree, { name, port, purpose = 'Answers greetings.' }) {
  return generateDeployable(tree, {
    kind: 'service',
    name,
    port,
    purpose,
    mayNot: 'Other apps; REST paths of the engine',
  });
}
