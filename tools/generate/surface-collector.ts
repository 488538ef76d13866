import { dirname, relative, resolve, sep } from 'node:path';
import ts from 'typescript';
import type { Surface } from './surface.ts';
import { handedOn, namesOf, type Reference, referencesOf } from './declared-references.ts';

/** A name in a file, by its path from the root. */
interface Place {
  readonly file: string;
  readonly name: string;
}

/** Gathers declarations of one lib, and those that they are made of, to the last. */
export class SurfaceCollector {
  readonly #root: string;
  /** Such as `libs/errors`. */
  readonly #lib: string;
  readonly #declarationsOf: (file: string) => ts.SourceFile;
  readonly #exported = new Map<string, string>();
  readonly #packages = new Set<string>();
  readonly #seen = new Set<string>();
  readonly #open: Place[] = [];

  constructor(root: string, lib: string, declarationsOf: (file: string) => ts.SourceFile) {
    this.#root = root;
    this.#lib = lib;
    this.#declarationsOf = declarationsOf;
  }

  export(as: string, place: Place): void {
    const { name, file } = place;
    const renamed = as === name ? as : `${name} as ${as}`;
    if (file.startsWith(`${this.#lib}/`) && !file.includes('node_modules/')) {
      this.#seen.add(keyOf(place));
      this.#exported.set(as, as === name ? this.#textOf(place) : `${this.#textOf(place)}\nexport { ${renamed} };`);
    } else {
      const from = packageOf(file);
      this.#enter(file, { from, name });
      this.#exported.set(as, `export { ${renamed} } from '${from}';`);
    }
  }

  surface(): Surface {
    const behind = new Map<string, string>();
    for (let place = this.#open.pop(); place !== undefined; place = this.#open.pop()) {
      // What an OpenAPI document says stands there.
      if (this.#seen.has(keyOf(place)) || /\/generated\/[^/]+-types\.ts$/.test(place.file)) continue;
      this.#seen.add(keyOf(place));
      behind.set(keyOf(place), this.#textOf(place));
    }
    return { exported: this.#exported, behind, packages: this.#packages };
  }

  #textOf({ file, name }: Place): string {
    const source = this.#declarationsOf(file);
    const found = source.statements.filter((statement) => namesOf(statement).includes(name));
    for (const statement of found)
      for (const reference of referencesOf(source, statement)) this.#enter(file, reference);
    if (found.length > 0) return found.map((statement) => withoutSchemas(statement, source)).join('\n');
    const elsewhere = handedOn(source, name);
    if (elsewhere === undefined) throw new Error(`${file} declares no ${name}`);
    this.#enter(file, elsewhere.reference);
    return elsewhere.text;
  }

  #enter(file: string, { from, name }: Reference): void {
    if (from === undefined) this.#open.push({ file, name });
    else if (from.startsWith('.'))
      this.#open.push({
        file: relative(this.#root, resolve(this.#root, dirname(file), from))
          .split(sep)
          .join('/'),
        name,
      });
    else if (from.startsWith('@procos/')) this.#packages.add(from.split('/').slice(0, 2).join('/'));
  }
}

function keyOf({ file, name }: Place): string {
  return `${name} (${file})`;
}

/** `libs/errors/src/wire.ts` is of `@procos/errors`, `node_modules/ajv/lib/ajv.d.ts` of `ajv`. */
function packageOf(file: string): string {
  const [, installed] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
  return installed ?? file.replace(/^libs\/([^/]+)\/.*/, '@procos/$1');
}

/** The text of a statement. What a schema or route holds is in the JSON Schemas and OpenAPI documents, which are generated, too. */
function withoutSchemas(statement: ts.Statement, source: ts.SourceFile): string {
  const start = statement.getStart(source);
  const cuts = ts.isVariableStatement(statement) ? schemasIn(statement) : [];
  return cuts.reduceRight(
    (text, { pos, end }) => `${text.slice(0, pos - start)}…${text.slice(end - start)}`,
    statement.getText(source),
  );
}

/** Type arguments of schemas and routes, the outermost of each, in order. */
function schemasIn(node: ts.Node): readonly ts.TextRange[] {
  if ((ts.isTypeReferenceNode(node) || ts.isImportTypeNode(node)) && node.typeArguments !== undefined) {
    const name = ts.isTypeReferenceNode(node) ? node.typeName : node.qualifier;
    if (/^(?:Type\.)?T[A-Z]\w+$|^RouteContract$/.test(name?.getText() ?? '')) return [node.typeArguments];
  }
  const found: ts.TextRange[] = [];
  node.forEachChild((child) => void found.push(...schemasIn(child)));
  return found;
}
