import { readSurfaces } from './declared-surface.ts';
import type { Surface } from './surface.ts';
import { referencePage } from './markdown.ts';
import { findLibs, type Lib } from './public-libs.ts';

/** Folder whose whole content is generated. */
export const apiFolder = 'docs/reference/api';

/** `docs/reference/api/<lib>.md` of each public lib, so that a change of what people build on shows in a review. */
export function publicApiPages(root: string): readonly (readonly [path: string, content: string])[] {
  const libs = findLibs(root).filter(({ audience }) => audience === 'public');
  const surfaceOf = readSurfaces(
    root,
    libs.flatMap(({ entries }) => entries.map(({ file }) => file)),
  );
  return libs.map((lib) => [`${apiFolder}/${lib.name}.md`, page(lib, surfaceOf)]);
}

function page({ name, entries }: Lib, surfaceOf: (file: string) => Surface): string {
  return referencePage(
    `@procos/${name}`,
    `What [\`libs/${name}\`](../../../libs/${name}/README.md) gives to people who build on ProcOS, as declarations; the sources say what each means. \`…\` stands for a schema: \`libs/contracts/generated\` holds it.`,
    entries.map(({ specifier, file }) => section(specifier, surfaceOf(file))),
  );
}

function section(specifier: string, { exported, behind, packages }: Surface): string {
  const named = [...packages].toSorted().map((name) => `\`${name}\``);
  return [
    `## ${specifier}`,
    code(sorted(exported)),
    ...(behind.size === 0 ? [] : ['Not exported, but part of it:', code(sorted(behind))]),
    ...(named.length === 0 ? [] : [`It names ${named.join(', ')}.`]),
  ].join('\n\n');
}

function sorted(declarations: ReadonlyMap<string, string>): readonly string[] {
  return [...declarations].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
}

function code(declarations: readonly string[]): string {
  return `\`\`\`ts\n${declarations.join('\n\n')}\n\`\`\``;
}
