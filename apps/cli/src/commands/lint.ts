import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { readModelFiles, type LeftOutFile, type ModelFile } from '../input/model-files.ts';
import type { Io } from '../io.ts';
import type { LintedFile } from '../lint-models.ts';
import { countFindings, renderFindings } from '../output/findings-view.ts';
import { tellLeftOut } from '../output/left-out.ts';
import { plural } from '../output/format.ts';
import { report } from '../output/report.ts';
import { painter, printable, type Paint } from '../output/style.ts';
import { newCommand, type OutputOptions } from './command.ts';

interface LintOptions extends OutputOptions {
  readonly fix?: boolean;
  readonly topics?: readonly string[];
}

export function lintCommand(io: Io): Command {
  return newCommand({
    usage: 'lint <file-or-folder...>',
    summary: 'Check BPMN models; works without a running system. Exits with 1 when a model has an error.',
    examples: [
      ['procos lint my_process.bpmn', 'each finding names the element, the rule and what to do'],
      ['procos lint processes --fix', 'repair what can be repaired, in the files themselves'],
      ["procos lint my_process.bpmn --topics 'http_request,invoice_*'", 'any other topic is an error, as with PROCOS_TOPICS of the gateway'],
    ],
  })
    .option('--fix', 'write repaired files and say what was changed')
    .option('--topics <list>', 'the only topics to accept, separated by commas, * for any letters', readTopics)
    .action(async (paths: string[], options: LintOptions) => {
      const { files: models, leftOut: others } = readModelFiles(io, paths);
      const leftOut = [...others, ...models.filter(({ kind }) => kind !== 'bpmn').map(judgedByEngine)];
      tellLeftOut(io, leftOut);
      // The BPMN libraries weigh more than all the rest of the CLI: loaded only here.
      const { lintModels } = await import('../lint-models.ts');
      const files = await lintModels(models, { fix: options.fix === true, ...(options.topics && { allowedTopics: options.topics }) });
      const findings = files.flatMap((file) => file.findings);
      const ok = findings.every(({ severity }) => severity !== 'error');
      if (!ok) io.exitCode = exitCodes.failed;
      report(io, options, { ok, files, leftOut }, () => renderLint(files, painter(io, io.stdout)));
    });
}

function judgedByEngine({ name }: ModelFile): LeftOutFile {
  return { name, reason: 'the engine alone judges decisions and forms: procos deploy --dry-run' };
}

function readTopics(text: string): readonly string[] {
  return text.split(',').map((topic) => topic.trim()).filter((topic) => topic !== '');
}

function renderLint(files: readonly LintedFile[], paint: Paint): string {
  const findings = files.flatMap((file) => file.findings);
  const ok = findings.every(({ severity }) => severity !== 'error');
  const mark = ok ? paint('✓', 'good') : paint('✗', 'bad');
  return `${files.map((file) => renderFixes(file, paint)).join('')}${renderFindings(findings, paint)}${mark} ${plural(files.length, 'model')}: ${countFindings(findings)}\n`;
}

function renderFixes({ file, fixed, notFixed }: LintedFile, paint: Paint): string {
  const lines = fixed.map(({ elementId, description, rule }) => `  ${paint('✓ fixed', 'good')} ${printable(elementId)}: ${printable(description)} ${paint(`[${rule}]`, 'dim')}\n`);
  const refused = notFixed === undefined ? [] : [`  ${paint('✗ not repaired', 'bad')} ${printable(notFixed.message)}\n      → ${notFixed.remedy}\n`];
  const all = [...lines, ...refused];
  return all.length === 0 ? '' : `${paint(printable(file), 'strong')}\n${all.join('')}`;
}
