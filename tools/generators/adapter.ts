import { readJson, type Tree, updateJson } from '@nx/devkit';
import { type DeployableOptions, generateDeployable } from './deployable.ts';
import { type Spellings, spellings } from './names.ts';

/** Besides the spellings of its name. */
type AdapterNames = Readonly<
  Record<'service' | 'errorCode' | 'quotedPurpose' | 'urlVariable' | 'tokenVariable', string>
>;

/** `nx g @procos/tools:adapter crm`: an adapter is a service whose name ends in -adapter. */
export async function adapter(tree: Tree, { name, port, purpose }: DeployableOptions) {
  const service = name.replace(/-adapter$/, '');
  const names = spellings(`${service}-adapter`);
  const does = purpose ?? `Speaks to the ${service} service for the processes.`;
  const more: AdapterNames = {
    service,
    errorCode: service.replaceAll('-', '_').toUpperCase(),
    quotedPurpose: quoted(does),
    urlVariable: `PROCOS_${names.constant}_URL`,
    tokenVariable: `PROCOS_${names.constant}_TOKEN`,
  };
  const next = generateDeployable(tree, {
    kind: 'adapter',
    name: names.kebab,
    ...(port === undefined ? {} : { port }),
    purpose: does,
    mayNot: 'Decisions of a process; credentials in answers',
    more,
  });
  addToEnvironment(tree, more);
  addToCli(tree, names);
  return next;
}

/** What the compose file takes from the environment is said in its example. */
function addToEnvironment(tree: Tree, { service, urlVariable, tokenVariable }: AdapterNames): void {
  const path = 'infra/compose/.env.example';
  tree.write(
    path,
    `${(tree.read(path, 'utf8') ?? '').trimEnd()}\n\n# For --profile ${service}.\n${urlVariable}=\n${tokenVariable}=\n`,
  );
}

/** `procos up`, which starts the adapter once its token is set, finds it among its dependencies. */
function addToCli(tree: Tree, { kebab }: Spellings): void {
  const { version } = readJson<{ readonly version: string }>(tree, 'package.json');
  updateJson(
    tree,
    'apps/cli/package.json',
    ({ dependencies, ...rest }: { readonly dependencies: Record<string, string> }) => {
      const all: Record<string, string> = { ...dependencies, [`@procos/${kebab}`]: version };
      return {
        ...rest,
        dependencies: Object.fromEntries(Object.entries(all).toSorted(([one], [other]) => (one < other ? -1 : 1))),
      };
    },
  );
}

/** As a string of a source file. */
function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}
