import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { readModelFiles } from '../input/model-files.ts';
import type { Io } from '../io.ts';
import type { LintedFile } from '../lint-models.ts';
import { countFindings, renderFindings } from '../output/findings-view.ts';
import { reportLeftOut } from '../output/left-out.ts';
import { plural } from '../output/format.ts';
import { report } from '../output/report.ts';
import { painter, printable, type Paint } from '../output/style.ts';
import { newCommand, type OutputOptions } from './command.ts';

interface LintOptions extends OutputOptions {
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly topics?: readonly string[];
}

export function lintCommand(io: Io): Command {
  return newCommand({
    usage: 'lint <file-or-folder...>',
    summary:
      'Check BPMN models, decisions (DMN) and forms; works without a running system. Exits with 1 when one has an error.',
    examples: [
      ['procos lint my_process.bpmn', 'each finding names the element, the rule and what to do'],
      [
        'procos lint processes --fix',
        'repair what can be repaired, in the files themselves; each one that changes is kept as FILE.orig',
      ],
      ['procos lint processes --dry-run', 'say what would be repaired, write nothing'],
      [
        "procos lint my_process.bpmn --topics 'http_request,invoice_*'",
        'any other topic is an error, as with PROCOS_TOPICS of the gateway',
      ],
    ],
  })
    .option('--fix', 'write repaired files and say what was changed')
    .option('--dry-run', 'say what --fix would change and write nothing')
    .option('--topics <list>', 'the only topics to accept, separated by commas, * for any letters', readTopics)
    .action(async (paths: string[], options: LintOptions) => {
      const { files: models, leftOut } = readModelFiles(io, paths);
      reportLeftOut(io, leftOut);
      // The BPMN libraries weigh more than all the rest of the CLI: loaded only here.
      const { lintModels } = await import('../lint-models.ts');
      const files = await lintModels(models, {
        fix: options.fix === true || options.dryRun === true,
        dryRun: options.dryRun === true,
        ...(options.topics && { allowedTopics: options.topics }),
      });
      const ok = isWell(files);
      if (!ok) io.exitCode = exitCodes.failed;
      report(io, options, { ok, files, leftOut }, () =>
        renderLint(files, painter(io, io.stdout), options.dryRun === true),
      );
    });
}

function readTopics(text: string): readonly string[] {
  return text
    .split(',')
    .map((topic) => topic.trim())
    .filter((topic) => topic !== '');
}

/** No error is left, and whatever could be repaired was written. */
function isWell(files: readonly LintedFile[]): boolean {
  return files.every(
    ({ findings, notFixed }) => notFixed === undefined && findings.every(({ severity }) => severity !== 'error'),
  );
}

function renderLint(files: readonly LintedFile[], paint: Paint, dryRun: boolean): string {
  const findings = files.flatMap((file) => file.findings);
  const mark = isWell(files) ? paint('✓', 'good') : paint('✗', 'bad');
  return `${files.map((file) => renderFixes(file, paint, dryRun)).join('')}${renderFindings(findings, paint)}${mark} ${plural(files.length, 'model')}: ${countFindings(findings)}\n`;
}

function renderFixes({ file, fixed, original, notFixed }: LintedFile, paint: Paint, dryRun: boolean): string {
  const lines = fixed.map(
    ({ elementId, description, rule }) =>
      `  ${paint(dryRun ? '✓ would fix' : '✓ fixed', 'good')} ${elementId === '' ? '' : `${printable(elementId)}: `}${printable(description)} ${paint(`[${rule}]`, 'dim')}\n`,
  );
  const refused =
    notFixed === undefined
      ? []
      : [`  ${paint('✗ not repaired', 'bad')} ${printable(notFixed.message)}\n      → ${notFixed.remedy}\n`];
  const kept = original === undefined ? [] : [`  ${paint(`as it was before: ${printable(original)}`, 'dim')}\n`];
  const all = [...lines, ...kept, ...refused];
  return all.length === 0 ? '' : `${paint(printable(file), 'strong')}\n${all.join('')}`;
}
