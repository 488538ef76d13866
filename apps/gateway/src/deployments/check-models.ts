import type { Finding, ModelFile } from '@procos/contracts';
import {
  layOutProcessModel,
  lintDecisions,
  lintForm,
  type LintOptions,
  lintProcessModel,
  readProcessModel,
} from '@procos/process-model';
import { kindOf } from './model-kind.ts';

/** A model that keeps every rule, ready to be deployed. */
export interface CheckedModel {
  readonly file: ModelFile;
  /** With a diagram: one that was missing has been laid out. */
  readonly text: string;
  /** Keys of the processes in it that can be started; none of decisions and forms. */
  readonly keys: readonly string[];
}

/** What the rules say about each file, in the order of the files. */
export async function lintFiles(files: readonly ModelFile[], options: LintOptions): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const file of files) findings.push(...(await lintFile(file, options)));
  return findings;
}

function lintFile(file: ModelFile, options: LintOptions): Promise<Finding[]> | Finding[] {
  const { name, content } = file;
  switch (kindOf(file)) {
    case 'bpmn':
      return lintProcessModel(content, { ...options, file: name });
    case 'dmn':
      return lintDecisions(content, { file: name });
    case 'form':
      return lintForm(content, { file: name });
    case undefined:
      return [];
  }
}

/** Files of which nothing more can be said. */
const unreadableRules: ReadonlySet<string> = new Set([
  'readable',
  'safe-intake',
  'decisions-readable',
  'form-readable',
]);

/** The files that can be read, so that the engine may be asked about them. */
export function readableFiles(files: readonly ModelFile[], findings: readonly Finding[]): readonly ModelFile[] {
  const unreadable = new Set(
    findings.filter(({ rule, severity }) => severity === 'error' && unreadableRules.has(rule)).map(({ file }) => file),
  );
  return files.filter(({ name }) => !unreadable.has(name));
}

/** Findings of rules and engine in one list, errors first: of one element that both refuse, only what the rule says, which is more. */
export function joinFindings(ofRules: readonly Finding[], ofEngine: readonly Finding[]): Finding[] {
  const refused = new Set(
    ofRules
      .filter(({ severity }) => severity === 'error')
      .flatMap(({ file, elementId }) => [`${file}\0${elementId}`, `${file}\0`]),
  );
  const added = ofEngine.filter(
    ({ file, elementId, rule }) => rule !== 'engine' || !refused.has(`${file}\0${elementId}`),
  );
  return [...ofRules, ...added].toSorted(
    (left, right) => Number(left.severity === 'warning') - Number(right.severity === 'warning'),
  );
}

/** Draws what has no diagram. The models must have no finding that is an error. */
export function readModels(files: readonly ModelFile[]): Promise<CheckedModel[]> {
  return Promise.all(files.map(readModel));
}

async function readModel(file: ModelFile): Promise<CheckedModel> {
  if (kindOf(file) !== 'bpmn') return { file, text: file.content, keys: [] };
  const text = await layOutProcessModel(file.content);
  const { processes } = await readProcessModel(text, { file: file.name });
  return { file, text, keys: processes.filter((process) => process.isExecutable).map((process) => process.id) };
}

/** What to do about a missing diagram when a model is deployed: nothing. */
export function drawnForYou(finding: Finding): Finding {
  if (finding.rule !== 'has-diagram') return finding;
  return {
    ...finding,
    remedy:
      'Nothing to do: the diagram is laid out when the model is deployed. `npx procos lint --fix` puts it into the file.',
  };
}
