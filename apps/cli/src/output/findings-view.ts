import type { Finding } from '@procos/api-client';
import { plural } from './format.ts';
import { printable, printableHint, type Paint } from './style.ts';

/** Findings file by file: where, what, what to do. */
export function renderFindings(findings: readonly Finding[], paint: Paint): string {
  const byFile = Map.groupBy(findings, ({ file }) => file ?? 'model');
  return Array.from(
    byFile,
    ([file, ofFile]) =>
      `${paint(printable(file), 'strong')}\n${ofFile
        .filter((finding) => !isFolded(finding))
        .map((finding) => renderFinding(finding, paint))
        .join('')}${renderFolded(ofFile.filter(isFolded), paint)}`,
  ).join('');
}

/** What another finding is the cause of is only counted: when that is mended, it is gone, or shown the next time. */
function isFolded({ consequenceOf }: Finding): boolean {
  return consequenceOf !== undefined;
}

function renderFolded(findings: readonly Finding[], paint: Paint): string {
  const byCause = Map.groupBy(findings, ({ consequenceOf }) => consequenceOf ?? '');
  return Array.from(
    byCause,
    ([cause, ofCause]) =>
      `    ${paint(`and ${plural(ofCause.length, 'finding')} more that may follow from it [${cause}]`, 'dim')}\n`,
  ).join('');
}

function renderFinding({ elementId, line, rule, severity, message, remedy, fixable }: Finding, paint: Paint): string {
  const mark = severity === 'error' ? paint('✗ error', 'bad') : paint('! warning', 'warn');
  const where = [
    elementId === '' ? '' : ` ${paint(printable(elementId), 'strong')}`,
    line === undefined ? '' : ` line ${line}`,
  ].filter((part) => part !== '');
  const place = where.length === 0 ? '' : `${where.join(',')}:`;
  const fix = fixable === true ? paint(' (npx procos lint --fix repairs it)', 'dim') : '';
  return `  ${mark}${place} ${printable(message)} ${paint(`[${rule}]`, 'dim')}\n      → ${printableHint(remedy)}${fix}\n`;
}

/** `2 errors, 1 warning`. */
export function countFindings(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return `${plural(errors, 'error')}, ${plural(findings.length - errors, 'warning')}`;
}
