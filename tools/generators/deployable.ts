import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateFiles, readJson, type Tree, updateJson } from '@nx/devkit';
import { addBefore, editFile, fill } from './edit-text.ts';
import { formatSources } from './format-sources.ts';
import { type Spellings, spellings } from './names.ts';

const templates = join(import.meta.dirname, '../templates');

/** What somebody says who wants one more app. */
export interface DeployableOptions {
  readonly name: string;
  readonly port?: number;
  readonly purpose?: string;
}

type Kind = 'adapter' | 'service';

interface WantedDeployable extends DeployableOptions {
  readonly kind: Kind;
  readonly purpose: string;
  readonly mayNot: string;
  /** For its templates. */
  readonly more?: Readonly<Record<string, string>>;
}

/** Makes an app and enters it where apps are listed. */
export function generateDeployable(
  tree: Tree,
  { kind, name, port: wanted, purpose, mayNot, more = {} }: WantedDeployable,
): () => void {
  const names = spellings(name);
  const folder = `apps/${names.kebab}`;
  if (tree.exists(folder)) throw new Error(`${folder} is there already: choose another name.`);
  const port = wanted ?? Math.max(8090, ...portsIn(tree)) + 1;
  const { version } = readJson<{ readonly version: string }>(tree, 'package.json');
  generateFiles(tree, join(templates, kind), folder, { ...names, ...more, port, purpose, version });
  updateJson(tree, 'tsconfig.json', (config: { readonly references: readonly object[] }) => ({
    ...config,
    references: [...config.references, { path: `./${folder}` }],
  }));
  editFile(
    tree,
    'AGENTS.md',
    /(?:^\| `apps\/.*\n)+/m,
    (match) => `${match[0]}| \`${folder}\` | ${purpose} | ${mayNot} |\n`,
  );
  addContainer(tree, kind, { ...names, ...more, port, version });
  return () => {
    formatSources(tree);
    process.stderr.write(
      `\nNext: npm install (links @procos/${names.kebab}), npm run generate, npx nx sync and npm test.\nRun it alone: node --conditions=@procos/source ${folder}/src/main.ts\n`,
    );
  };
}

/** A container of the distributed system, read by Prometheus. */
function addContainer(
  tree: Tree,
  kind: Kind,
  values: Spellings & { readonly port: number; readonly version: string },
): void {
  const container = fill(readFileSync(join(templates, `compose/${kind}.yaml.template`), 'utf8'), values);
  addBefore(tree, 'infra/compose/compose.yaml', /^ {2}rabbitmq:\n/m, container);
  const targets = /(?:^ {6}- \{ names: .*\n)+/m;
  editFile(
    tree,
    'infra/prometheus/prometheus.yml',
    targets,
    (match) => `${match[0]}      - { names: [${values.kebab}], type: A, port: ${values.port} }\n`,
  );
}

/** The ports that apps have taken. */
function portsIn(tree: Tree): readonly number[] {
  return tree.children('apps').flatMap((app) => {
    const settings = tree.read(`apps/${app}/src/config.ts`, 'utf8') ?? '';
    return [...settings.matchAll(/serviceFields\(\{[^}]*\bport: (\d+)/g)].map(([, port]) => Number(port));
  });
}
