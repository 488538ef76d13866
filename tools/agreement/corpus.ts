import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { defaultCacheDir, findJava, findMaven } from '@procos/engine-build';

export interface CorpusModel {
  /** Where it comes from, and its name there. */
  readonly name: string;
  readonly xml: string;
}

/** The engine's own tests, as they are published: what its authors thought of, right models and wrong ones. */
const artifact = { group: 'org.camunda.bpm', name: 'camunda-engine', version: '7.24.0' } as const;

/**
 * The models of the engine's own tests. Taken from the registry by Maven at first use and kept in the cache outside of
 * the tree; nothing of them is in this repository.
 *
 * @throws Error when Maven cannot get it; the message holds what Maven said
 */
export function publishedModels(): CorpusModel[] {
  return published('{bpmn,bpmn20.xml}');
}

/** The files of decisions of the same tests. @throws as {@link publishedModels} */
export function publishedDecisions(): CorpusModel[] {
  return published('{dmn,dmn11.xml}');
}

/** The forms of the same tests. @throws as {@link publishedModels} */
export function publishedForms(): CorpusModel[] {
  return published('form');
}

function published(ending: string): CorpusModel[] {
  const folder = join(defaultCacheDir(), 'corpus', `${artifact.name}-${artifact.version}`);
  if (globSync('models/**/*', { cwd: folder }).length === 0) fetchPublished(folder);
  return globSync(`models/**/*.${ending}`, { cwd: folder })
    .sort()
    .map((file) => ({
      name: `published/${relative('models', file).split('/').slice(-2).join('/')}`,
      xml: readFileSync(join(folder, file), 'utf8'),
    }));
}

function fetchPublished(folder: string): void {
  const java = findJava();
  const draft = `${folder}.draft-${process.pid}`;
  mkdirSync(join(draft, 'models'), { recursive: true });
  const { group, name, version } = artifact;
  run(
    findMaven(java).command,
    [
      '-q',
      '--batch-mode',
      'dependency:copy',
      `-Dartifact=${group}:${name}:${version}:jar:tests`,
      `-DoutputDirectory=${draft}`,
    ],
    draft,
  );
  run(join(java.home, 'bin', 'jar'), ['xf', join('..', `${name}-${version}-tests.jar`)], join(draft, 'models'));
  try {
    renameSync(draft, folder);
  } catch (thrown) {
    // Another run was faster: what it reads already stays.
    rmSync(draft, { recursive: true });
    if (globSync('models/**/*', { cwd: folder }).length === 0) throw thrown;
  }
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0)
    throw new Error(
      `${command} ${args.join(' ')} failed: ${error?.message ?? `${stdout}${stderr}`.trim().slice(-2_000)}`,
    );
}

const root = join(import.meta.dirname, '..', '..');

/** Inputs that once failed, read as UTF-8 (what is stored otherwise is refused at the intake, before any rule). */
export function caseModels(): CorpusModel[] {
  return modelsIn('libs/testing/cases/bpmn', '*.bpmn').map(({ name, xml }) => ({
    name: `cases/${basename(name)}`,
    xml,
  }));
}

/** The processes of this repository. */
export function shippedModels(): CorpusModel[] {
  return modelsIn('processes', '{system,examples}/**/*.bpmn');
}

function modelsIn(folder: string, pattern: string): CorpusModel[] {
  return globSync(pattern, { cwd: join(root, folder) })
    .sort()
    .map((file) => ({ name: `${folder}/${file}`, xml: readFileSync(join(root, folder, file), 'utf8') }));
}
