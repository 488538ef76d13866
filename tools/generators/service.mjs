import { join } from 'node:path';
import { generateFiles, readJson, updateJson } from '@nx/devkit';
import { editFile } from './edit-text.mjs';
import { spellings } from './names.mjs';

const templates = join(import.meta.dirname, '../templates/service');
const PORTS = /export const defaultPorts = \{\n(?<rows>(?: {2}.*\n)+)\} as const;/;

/**
 * `nx g @procos/tools:service order-desk`
 * @param {import('@nx/devkit').Tree} tree
 * @param {{name: string, port?: number, purpose?: string}} options
 */
export async function service(tree, options) {
  const names = spellings(options.name);
  const folder = `apps/${names.kebab}`;
  if (tree.exists(folder)) throw new Error(`${folder} is there already: choose another name.`);
  const port = options.port ?? nextPort(tree);
  const { version } = readJson(tree, 'package.json');
  generateFiles(tree, templates, folder, { ...names, port, purpose: options.purpose ?? 'Answers greetings.', version });
  editFile(tree, 'libs/contracts/src/system.ts', PORTS, (match) => match[0].replace('} as const;', `  '${names.kebab}': ${port},\n} as const;`));
  updateJson(tree, 'tsconfig.json', (config) => ({ ...config, references: [...config.references, { path: `./${folder}` }] }));
  const row = `| \`${folder}\` | ${options.purpose ?? 'Answers greetings.'} | Other apps; REST paths of the engine |`;
  editFile(tree, 'AGENTS.md', /(?:^\| `apps\/.*\n)+/m, (match) => `${match[0]}${row}\n`);
  return () => {
    process.stderr.write(`\nNext: npm install (links @procos/${names.kebab}), then npm run generate and npm test.\nRun it alone: node --conditions=@procos/source ${folder}/src/main.ts\n`);
  };
}

/** The port after the highest one that a service has. */
function nextPort(tree) {
  const rows = PORTS.exec(tree.read('libs/contracts/src/system.ts', 'utf8') ?? '')?.groups?.['rows'] ?? '';
  const taken = [...rows.matchAll(/: (\d+),/g)].map(([, port]) => Number(port));
  return Math.max(8090, ...taken) + 1;
}
