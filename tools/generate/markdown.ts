/** A Markdown table; what would break a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  const oneLine = text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
  // Inside of `code` nothing is markup; outside, a tag would be.
  return oneLine.replaceAll(/`[^`]*`|<(?=[\w/!?])/g, (found) => (found === '<' ? '\\<' : found));
}

/** A page of the reference. Nobody edits it: the next run would undo it. */
export function referencePage(title: string, intro: string, sections: readonly string[]): string {
  return `# ${title}\n\n<!-- Made by npm run generate. Do not edit. -->\n\n${[intro, ...sections].join('\n\n')}\n`;
}
