// Which projects a change touches: those whose files changed since the last run in which everything passed, and all that use them.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/**
 * @typedef {object} Project
 * @property {string} name of its folder, as `--project` of Vitest knows it
 * @property {string} folder
 * @property {string[]} uses names of the projects whose packages it declares
 */

/** Files of the checkout that belong to no project and that no test reads. */
const readByNobody = /^(?:\.github\/|\.editorconfig$|\.gitignore$|LICENSE$)/;
/** Files that only the tests in `tools` read: texts, and what the servers beside ProcOS are given. */
const readByTools = /^(?:docs\/|[A-Z]+\.md$|infra\/(?!engine\/)|examples\/)/;

/**
 * @param {readonly string[]} files changed, by their path in the checkout
 * @param {readonly Project[]} projects
 * @returns {string[] | undefined} names of the projects that are affected, sorted; undefined when it may be any
 */
export function affectedBy(files, projects) {
  const touched = new Set();
  for (const file of files) {
    if (readByNobody.test(file)) continue;
    const owner = projects.find(({ folder }) => file.startsWith(`${folder}/`));
    if (owner !== undefined) touched.add(owner.name);
    else if (readByTools.test(file)) touched.add('tools');
    else return undefined;
  }
  for (let before = -1; before !== touched.size; ) {
    before = touched.size;
    for (const { name, uses } of projects) if (uses.some((used) => touched.has(used))) touched.add(name);
  }
  // What holds all files to the rules of the house lies there.
  if (touched.size > 0) touched.add('tools');
  return [...touched].sort();
}

/** @param {string} root folder of the checkout @returns {Project[]} */
export function projectsOf(root) {
  /** @type {{workspaces: string[]}} */
  const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const folders = workspaces.flatMap((pattern) =>
    pattern.endsWith('/*') ? foldersIn(root, pattern.slice(0, -'/*'.length)) : [pattern],
  );
  return folders.map((folder) => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const uses = Object.keys({ ...dependencies, ...devDependencies })
      .filter((name) => name.startsWith('@procos/'))
      .map((name) => name.slice('@procos/'.length));
    return { name: basename(folder), folder, uses };
  });
}

/** @param {string} root @param {string} parent @returns {string[]} */
const foldersIn = (root, parent) =>
  readdirSync(join(root, parent))
    .map((name) => `${parent}/${name}`)
    .filter((folder) => existsSync(join(root, folder, 'package.json')));

/**
 * Files that differ from those of the last run in which everything passed, committed or not.
 * @param {string} root folder of the checkout
 * @param {string} tree the files as they are now
 * @returns {string[] | undefined} undefined when there was no such run
 */
export function changedSinceGreen(root, tree) {
  try {
    const green = readFileSync(greenFile(root), 'utf8').trim();
    return git(root, ['diff', '--name-only', '--no-renames', green, tree]).split('\n').filter(Boolean);
  } catch {
    // No run yet, or a tree that Git has cleared away since: everything is run, which is always right.
    return undefined;
  }
}

/** Everything has passed for the files as they were: `tree` from before the run. @param {string} root @param {string} tree */
export function rememberGreen(root, tree) {
  mkdirSync(dirname(greenFile(root)), { recursive: true });
  writeFileSync(greenFile(root), `${tree}\n`);
}

/** The state of all files that Git does not ignore, as the id of a tree. @param {string} root @returns {string} */
export function treeOf(root) {
  const folder = mkdtempSync(join(tmpdir(), 'procos-tree-'));
  try {
    const env = { ...process.env, GIT_INDEX_FILE: join(folder, 'index') };
    git(root, ['read-tree', 'HEAD'], env);
    git(root, ['add', '--all'], env);
    return git(root, ['write-tree'], env).trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} root */
const greenFile = (root) => join(root, 'node_modules/.cache/procos/green-tree');

/** @param {string} root @param {string[]} args @param {NodeJS.ProcessEnv} [env] @returns {string} */
function git(root, args, env = process.env) {
  return execFileSync('git', args, { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}
