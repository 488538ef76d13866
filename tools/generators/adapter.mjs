import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, updateJson } from '@nx/devkit';
import { generateDeployable } from './deployable.mjs';
import { addBefore, editFile, fill } from './edit-text.mjs';
import { spellings } from './names.mjs';

const templates = join(import.meta.dirname, '../templates/cli');
const cli = 'apps/cli/src';

/**
 * `nx g @procos/tools:adapter crm`: an adapter is a service whose name ends in -adapter.
 * @param {import('@nx/devkit').Tree} tree
 * @param {{name: string, port?: number, purpose?: string}} options
 */
export async function adapter(tree, { name, port, purpose }) {
  const service = name.replace(/-adapter$/, '');
  const names = spellings(`${service}-adapter`);
  const does = purpose ?? `Speaks to the ${service} service for the processes.`;
  const more = {
    service,
    errorCode: service.replaceAll('-', '_').toUpperCase(),
    quotedPurpose: quoted(does),
    urlVariable: `PROCOS_${names.constant}_URL`,
    tokenVariable: `PROCOS_${names.constant}_TOKEN`,
  };
  const next = generateDeployable(tree, {
    kind: 'adapter',
    name: names.kebab,
    port,
    purpose: does,
    mayNot: 'Decisions of a process; credentials in answers',
    more,
  });
  addToEnvironment(tree, more);
  addToCli(tree, { ...names, ...more });
  return next;
}

/** What the compose file takes from the environment is said in its example. */
function addToEnvironment(tree, { service, urlVariable, tokenVariable }) {
  const path = 'infra/compose/.env.example';
  tree.write(
    path,
    `${tree.read(path, 'utf8').trimEnd()}\n\n# For --profile ${service}.\n${urlVariable}=\n${tokenVariable}=\n`,
  );
}

/** `procos up` starts the adapter once its token is set, in either mode. */
function addToCli(tree, names) {
  const filled = (file) => fill(readFileSync(join(templates, file), 'utf8'), names);
  editFile(
    tree,
    `${cli}/system/app-names.ts`,
    /const optionalApps = \[\n(?: {2}\[.*\n)+/,
    (match) => `${match[0]}  ['${names.kebab}', '${names.tokenVariable}'],\n`,
  );
  addBefore(tree, `${cli}/system/known-settings.ts`, /^ {2}\]\);$/m, filled('adapter-settings.ts.template'));
  addBefore(tree, `${cli}/embedded/app-thread.ts`, /^\};\n\nfunction read/m, filled('adapter-thread.ts.template'));
  const { version } = readJson(tree, 'package.json');
  updateJson(tree, 'apps/cli/package.json', ({ dependencies, ...rest }) => {
    const all = { ...dependencies, [`@procos/${names.kebab}`]: version };
    return {
      ...rest,
      dependencies: Object.fromEntries(Object.entries(all).toSorted(([one], [other]) => (one < other ? -1 : 1))),
    };
  });
}

/** As a string of a source file. */
function quoted(text) {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}
