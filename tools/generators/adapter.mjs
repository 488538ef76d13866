import { join } from 'node:path';
import { generateDeployable } from './deployable.mjs';

const templates = join(import.meta.dirname, '../templates/adapter');

/**
 * `nx g @procos/tools:adapter crm`: an adapter is a service whose name ends in -adapter.
 * @param {import('@nx/devkit').Tree} tree
 * @param {{name: string, port?: number, purpose?: string}} options
 */
export async function adapter(tree, { name, port, purpose }) {
  const service = name.replace(/-adapter$/, '');
  const does = purpose ?? `Speaks to the ${service} service for the processes.`;
  const errorCode = service.replaceAll('-', '_').toUpperCase();
  return generateDeployable(tree, { templates, name: `${service}-adapter`, port, purpose: does, mayNot: 'Decisions of a process; credentials in answers', more: { errorCode, quotedPurpose: quoted(does) } });
}

/** As a string of a source file. */
function quoted(text) {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}
