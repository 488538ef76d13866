import { readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';
import { SurfaceCollector } from './surface-collector.ts';
import type { Surface } from './surface.ts';

/**
 * Reads the sources once, and answers what a file exports, by its path from the root; what is marked with `@internal`,
 * where it is declared or where it is exported, is left out.
 */
export function readSurfaces(root: string, files: readonly string[]): (file: string) => Surface {
  const program = ts.createProgram({ rootNames: files.map((file) => join(root, file)), options: optionsOf(root) });
  const checker = program.getTypeChecker();
  const written = new Map<string, ts.SourceFile>();
  const declarationsOf = (file: string): ts.SourceFile => {
    const known = written.get(file) ?? declarations(program, join(root, file));
    written.set(file, known);
    return known;
  };
  return (file) => {
    const source = program.getSourceFile(join(root, file));
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${file} exports nothing`);
    const collector = new SurfaceCollector(root, libOf(file), declarationsOf);
    for (const symbol of checker.getExportsOfModule(module)) {
      const origin = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const declared = origin.declarations?.[0]?.getSourceFile().fileName;
      if (declared === undefined || isInternal(symbol) || isInternal(origin)) continue;
      collector.export(symbol.name, {
        file: relative(root, declared).split(sep).join('/'),
        name: origin.name,
      });
    }
    return collector.surface();
  };
}

/** Such as `libs/errors`. */
function libOf(file: string): string {
  return file.split('/').slice(0, 2).join('/');
}

function optionsOf(root: string): ts.CompilerOptions {
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8')) as {
    readonly compilerOptions: object;
  };
  const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, resolve(root));
  return {
    ...options,
    // A union is written in one order, whatever else was read before it.
    stableTypeOrdering: true,
    // The step `types` checks: here it would take twice as long.
    noCheck: true,
    removeComments: true,
    emitDeclarationOnly: true,
    composite: false,
    declarationMap: false,
    sourceMap: false,
  };
}

function declarations(program: ts.Program, path: string): ts.SourceFile {
  let text = '';
  program.emit(program.getSourceFile(path), (_, content) => (text = content), undefined, true);
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

function isInternal({ declarations: places = [] }: ts.Symbol): boolean {
  return places.some((place) =>
    [place, ...(ts.isExportSpecifier(place) ? [place.parent.parent] : [])].some((node) =>
      ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal'),
    ),
  );
}
