import type { PageOptions } from '../input/pages.ts';

/** Says that a list goes on, and with which command. @param command the command line as it was given, without the page */
export function moreHint(command: string, { limit, offset }: PageOptions, shown: number, total: number): string {
  const next = offset + shown;
  if (next >= total) return '';
  return `\n${shown} of ${total} shown → npx ${command} --offset ${next}${limit === 0 ? '' : ` --limit ${limit}`}, or all of them with --limit 0\n`;
}
