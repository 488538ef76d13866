import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConfigFields, configTable } from '@procos/config';
import { loadModules, root } from './find-modules.ts';
import { referencePage } from './markdown.ts';

/** The settings of one app. */
export interface AppSettings {
  /** For example `apps/kernel`. */
  readonly project: string;
  readonly fields: ConfigFields;
}

const begin = '<!-- config:begin -->';
const end = '<!-- config:end -->';

/** The settings of every app: what its `config.ts` exports under a name that ends in `Fields`. */
export async function findSettings(): Promise<readonly AppSettings[]> {
  const modules = await loadModules('apps/*/src/config.ts');
  return modules.flatMap(({ project, exports }) =>
    Object.entries(exports)
      .filter(([name, value]) => name.endsWith('Fields') && typeof value === 'object')
      .map(([, value]) => ({ project, fields: value as ConfigFields })),
  );
}

/** Whether there is a README to write to; that there is one is asked for by tools/house.test.ts. */
export function hasReadme({ project }: AppSettings): boolean {
  return existsSync(join(root, project, 'README.md'));
}

/**
 * The README of an app with its table of settings brought up to date.
 *
 * @throws Error when the README has no place for it
 */
export function readmeWithSettings({ project, fields }: AppSettings): string {
  const readme = readFileSync(join(root, project, 'README.md'), 'utf8');
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`${project}/README.md has no place for its settings: add the lines ${begin} and ${end}`);
  return `${readme.slice(0, from + begin.length)}\n${configTable(fields)}\n${readme.slice(to)}`;
}

/** `docs/reference/configuration.md` */
export function configurationReference(settings: readonly AppSettings[]): string {
  const sections = settings.map(({ project, fields }) => `## ${project}\n\n${configTable(fields)}`);
  return referencePage(
    'Configuration',
    'Each app reads its settings from environment variables, once, when it starts. All faults are told together, and a misspelt `PROCOS_…` name is told too. An empty variable counts as not set.',
    sections,
  );
}
