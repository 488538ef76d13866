// Small edits of files that people write: a line added where its like stand. Each edit says so when it finds no place.

import type { Tree } from '@nx/devkit';

/** Thrown when a file no longer looks as a generator expects it. */
class NoPlaceError extends Error {
  override name = 'NoPlaceError';
}

/** Replaces the one match of `pattern`. @throws NoPlaceError */
export function editFile(tree: Tree, path: string, pattern: RegExp, replace: (match: RegExpExecArray) => string): void {
  const text = tree.read(path, 'utf8');
  const match = pattern.exec(text ?? '');
  if (text === null || match === null)
    throw new NoPlaceError(
      `${path} has no place for the new line (looked for ${pattern.source}): add it by hand, or mend the generator.`,
    );
  tree.write(path, text.slice(0, match.index) + replace(match) + text.slice(match.index + match[0].length));
}

/** Puts lines before the one match of `pattern`. @throws NoPlaceError */
export function addBefore(tree: Tree, path: string, pattern: RegExp, lines: string): void {
  editFile(tree, path, pattern, ([found]) => `${lines}${found}`);
}

/** A template whose only marks are `<%= name %>`. */
export function fill(template: string, values: object): string {
  const known = new Map<string, string | number>(Object.entries(values));
  return template.replaceAll(/<%= (\w+) %>/g, (mark: string, name: string) => String(known.get(name) ?? mark));
}

/** Adds an import among the relative ones, in alphabetical order. */
export function addImport(tree: Tree, path: string, line: string): void {
  const from = (text: string) => /from '([^']+)'/.exec(text)?.[1] ?? '';
  const lines = (tree.read(path, 'utf8') ?? '').split('\n');
  const relative = lines.flatMap((text, index) => (/^import .*from '\.\//.test(text) ? [index] : []));
  const [first] = relative;
  if (first === undefined)
    throw new NoPlaceError(`${path} imports nothing from beside itself: add the line by hand: ${line}`);
  const after = relative.findLast((index) => from(lines[index] ?? '') < from(line));
  lines.splice(after === undefined ? first : after + 1, 0, line);
  tree.write(path, lines.join('\n'));
}

/** Adds a name to a list in braces or brackets, whether it stands on one line or on many. */
export function addToList(list: string, name: string): readonly string[] {
  const items = list
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  const at = items.findIndex((item) => !item.startsWith('...') && item > name);
  const spread = items.findIndex((item) => item.startsWith('...'));
  items.splice(at >= 0 ? at : spread >= 0 ? spread : items.length, 0, name);
  return items;
}
