import { processKeys, taskContracts } from '@procos/contracts';
import { isProcosError } from '@procos/errors';
import {
  fixProcessModel,
  isProcessModelError,
  lintDecisions,
  lintForm,
  lintProcessModel,
  type AppliedFix,
  type LintFinding,
} from '@procos/process-model';
import type { ModelFile } from './input/model-files.ts';
import { writeRepaired } from './write-repaired.ts';

export interface LintedFile {
  readonly file: string;
  /** What was changed in the file; empty without `fix`. */
  readonly fixed: readonly AppliedFix[];
  /** Where the model is kept as it was before. */
  readonly original?: string;
  /** Why nothing could be repaired. */
  readonly notFixed?: { readonly code: string; readonly message: string; readonly remedy: string };
  /** What remains to be done. */
  readonly findings: readonly LintFinding[];
}

export interface LintModelsOptions {
  readonly fix: boolean;
  /** Says what would be repaired and leaves the files alone. @default false */
  readonly dryRun?: boolean;
  /** The only topics that a model may use. @default any; unknown ones get a warning */
  readonly allowedTopics?: readonly string[];
}

/** Lints models by the rules of the gateway; with `fix`, repairs them in their files first. */
export async function lintModels(
  models: readonly ModelFile[],
  { fix, dryRun, ...topics }: LintModelsOptions,
): Promise<LintedFile[]> {
  const ofKind = (wanted: ModelFile['kind']) => models.filter(({ kind }) => kind === wanted);
  const known = {
    knownTopics: new Set(taskContracts.map(({ topic }) => topic)),
    topicErrors: new Map(taskContracts.map(({ topic, bpmnErrors }) => [topic, bpmnErrors])),
    knownProcesses: new Set([
      ...Object.values(processKeys),
      ...ofKind('bpmn').flatMap(({ content }) => keysIn('process', content)),
    ]),
    knownDecisions: new Set(ofKind('dmn').flatMap(({ content }) => keysIn('decision', content))),
  };
  const linted: LintedFile[] = [];
  for (const model of ofKind('bpmn')) {
    const { content, ...repair } = fix
      ? await repairFile(model, dryRun === true)
      : { content: model.content, fixed: [] };
    const findings = await lintProcessModel(content, { ...topics, ...known, file: model.name });
    linted.push({ file: model.name, ...repair, findings });
  }
  return [...linted, ...models.flatMap(lintOther)];
}

/** Decisions and forms are judged, and never repaired. */
function lintOther({ name, content, kind }: ModelFile): readonly LintedFile[] {
  if (kind === 'bpmn') return [];
  const findings = kind === 'dmn' ? lintDecisions(content, { file: name }) : lintForm(content, { file: name });
  return [{ file: name, fixed: [], findings }];
}

/** Keys of the processes or decisions in a file, which may be broken in any way: what calls them is judged all the same. */
function keysIn(element: 'process' | 'decision', content: string): string[] {
  return Array.from(
    content.matchAll(new RegExp(`<(?:[\\w.-]+:)?${element}\\s[^<>]*?\\bid\\s*=\\s*["']([^"'<]+)["']`, 'g')),
    ([, key]) => key ?? '',
  );
}

type Repair = Pick<LintedFile, 'fixed' | 'original' | 'notFixed'> & { readonly content: string };

/** One file that cannot be read or written keeps no other from being repaired. */
async function repairFile(model: ModelFile, dryRun: boolean): Promise<Repair> {
  const { content } = model;
  try {
    const { xml, applied } = await fixProcessModel(content);
    if (applied.length === 0) return { content, fixed: [] };
    return dryRun
      ? { content: xml, fixed: applied }
      : { content: xml, fixed: applied, original: writeRepaired(model, xml) };
  } catch (error) {
    const isExpected =
      isProcessModelError(error) || (isProcosError(error) && error.code === 'PROCOS_CLI_FILE_UNWRITABLE');
    if (!isExpected) throw error;
    const { code, message, remedy } = error;
    return { content, fixed: [], notFixed: { code, message, remedy } };
  }
}
