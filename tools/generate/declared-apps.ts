import type { ConfigFields } from '@procos/config';
import { loadModules } from './find-modules.ts';

/** What an app declares of itself in `src/declaration.ts`; the type it is written with belongs to `libs/service-kit`. */
export interface Declaration {
  /** Also its folder below `apps/`. */
  readonly name: string;
  readonly port: number;
  readonly runs: 'first' | 'always' | 'distributed' | 'alone' | { readonly whenSet: string };
  readonly copies: 'one' | 'several' | 'one leads';
  readonly fields: ConfigFields;
}

/** Where the command line reads what `procos up` can run. */
export const appListFile = 'apps/cli/src/system/declared-apps.ts';

/**
 * Every app, in the order in which `procos up` lists them: by when it runs, by its copies, by its port.
 *
 * @throws TypeError when a `declaration.ts` declares no app, or one of another folder
 */
export async function findDeclarations(): Promise<readonly Declaration[]> {
  const modules = await loadModules('apps/*/src/declaration.ts');
  const found = modules.map(({ project, exports: { declaration } }) => {
    if (!isDeclaration(declaration) || `apps/${declaration.name}` !== project)
      throw new TypeError(`${project}/src/declaration.ts has to export "declaration", of an app of that name`);
    return declaration;
  });
  return found.toSorted(
    (one, other) =>
      runningOrder.indexOf(kindOf(one)) - runningOrder.indexOf(kindOf(other)) ||
      copiesOrder.indexOf(one.copies) - copiesOrder.indexOf(other.copies) ||
      one.port - other.port,
  );
}

const runningOrder = ['first', 'always', 'whenSet', 'distributed', 'alone'];
const copiesOrder = ['one', 'several', 'one leads'];
const kindOf = ({ runs }: Declaration) => (typeof runs === 'string' ? runs : 'whenSet');

function isDeclaration(value: unknown): value is Declaration {
  const parts = ['name', 'port', 'runs', 'copies', 'fields'];
  return typeof value === 'object' && value !== null && parts.every((part) => part in value);
}

/** The source of {@link appListFile}. What runs first runs in the process of the command line itself, which loads it as a whole. */
export function appList(apps: readonly Declaration[]): string {
  const entries = apps
    .filter(({ runs }) => runs !== 'alone')
    .map(
      ({ name, port, runs, copies }) => `  {
    name: '${name}',
    port: ${port},
    runs: ${typeof runs === 'string' ? `'${runs}'` : `{ whenSet: '${runs.whenSet}' }`},
    copies: '${copies}',
${runs === 'first' ? '' : `    load: () => import('@procos/${name}'),\n`}  },
`,
    );
  return `// Made by npm run generate from src/declaration.ts of each app: never edited.

/** What \`procos up\` can run. Each app is loaded only where it is needed: most commands know of it no more than this. */
export const declaredApps = [
${entries.join('')}] as const;
`;
}
