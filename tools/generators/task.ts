import { join } from 'node:path';
import { generateFiles, type Tree } from '@nx/devkit';
import { addImport, addToList, editFile } from './edit-text.ts';
import { formatSources } from './format-sources.ts';
import { type Spellings, spellings } from './names.ts';

const templates = join(import.meta.dirname, '../templates/task');
const contracts = 'libs/contracts/src';

export interface TaskOptions {
  readonly name: string;
  readonly worker?: string;
}

/** `nx g @procos/tools:task send_letter --worker generic-worker` */
export async function task(tree: Tree, { name, worker = 'generic-worker' }: TaskOptions) {
  const names = spellings(name);
  const tasks = `apps/${worker}/src/tasks`;
  if (!tree.exists(`${tasks}/index.ts`))
    throw new Error(`apps/${worker} serves no tasks: it has no src/tasks/index.ts.`);
  if (tree.exists(`${contracts}/tasks/${names.kebab}.ts`))
    throw new Error(`The topic ${names.snake} is there already.`);
  const hasTryTask = tree.exists(`apps/${worker}/src/testing/try-task.ts`);
  generateFiles(tree, join(templates, 'contract'), `${contracts}/tasks`, names);
  generateFiles(tree, join(templates, 'worker'), tasks, { ...names, hasTryTask });
  listContract(tree, names);
  listHandler(tree, `${tasks}/index.ts`, names);
  return () => {
    formatSources(tree);
    process.stderr.write(
      `\nNext: say in ${contracts}/tasks/${names.kebab}.ts what the topic takes and gives, write the handler, then npm run generate and npm test.\n`,
    );
  };
}

function listContract(tree: Tree, { kebab, camel }: Spellings): void {
  const index = `${contracts}/tasks/index.ts`;
  addImport(tree, index, `import { ${camel} } from './${kebab}.ts';`);
  editFile(
    tree,
    index,
    /^export \{([^}]*)\};$/m,
    ([, list = '']) => `export { ${addToList(list, camel).join(', ')} };`,
  );
  editFile(
    tree,
    index,
    /(taskContracts: readonly TaskContract\[\] = \[\n)([\s\S]*?)\];/,
    ([, head = '', list = '']) =>
      `${head}${addToList(list, camel)
        .map((item) => `  ${item},\n`)
        .join('')}];`,
  );
  editFile(
    tree,
    `${contracts}/index.ts`,
    /^export \{([^}]*)\} from '\.\/tasks\/index\.ts';$/m,
    ([, list = '']) => `export { ${addToList(list, camel).join(', ')} } from './tasks/index.ts';`,
  );
}

function listHandler(tree: Tree, index: string, { kebab, camel }: Spellings): void {
  addImport(tree, index, `import { ${camel}Task } from './${kebab}.ts';`);
  editFile(tree, index, /( {2}return \[)([\s\S]*?)\n? *\];/, ([, head = '', list = '']) => {
    const lines = list.trim().replace(/,$/, '');
    return `${head}\n    ${lines},\n    ${camel}Task(),\n  ];`;
  });
}
