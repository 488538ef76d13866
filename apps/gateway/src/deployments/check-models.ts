import type { Finding, ModelFile } from '@procos/contracts';
import { layOutProcessModel, type LintOptions, lintProcessModel, readProcessModel } from '@procos/process-model';

/** A model that keeps every rule, ready to be deployed. */
export interface CheckedModel {
  readonly file: string;
  /** With a diagram: one that was missing has been laid out. */
  readonly xml: string;
  /** Keys of the processes in it that can be started. */
  readonly keys: readonly string[];
}

export interface CheckedModels {
  /** Empty when a finding is an error. */
  readonly models: readonly CheckedModel[];
  readonly findings: readonly Finding[];
}

/** What the rules say about each file, in the order of the files. */
export async function lintFiles(files: readonly ModelFile[], options: LintOptions): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name, content } of files) findings.push(...(await lintProcessModel(content, { ...options, file: name })));
  return findings;
}

/** Lints the files and draws what has no diagram; one error is enough to refuse all. */
export async function checkModels(files: readonly ModelFile[], options: LintOptions): Promise<CheckedModels> {
  const findings = await lintFiles(files, options);
  if (findings.some(({ severity }) => severity === 'error')) return { models: [], findings };
  const models = await Promise.all(files.map(readModel));
  return { models, findings: findings.map(drawnForYou) };
}

async function readModel({ name, content }: ModelFile): Promise<CheckedModel> {
  const xml = await layOutProcessModel(content);
  const { processes } = await readProcessModel(xml, { file: name });
  return { file: name, xml, keys: processes.filter((process) => process.isExecutable).map((process) => process.id) };
}

function drawnForYou(finding: Finding): Finding {
  if (finding.rule !== 'has-diagram') return finding;
  return { ...finding, remedy: 'Nothing to do: the diagram is laid out when the model is deployed. `procos lint --fix` puts it into the file.' };
}
