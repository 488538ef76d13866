import ts from 'typescript';

/** A name that a declaration uses. */
export interface Reference {
  /** What it is imported from: a relative path or a package; undefined = the same file. */
  readonly from: string | undefined;
  readonly name: string;
}

/** Every name of its file, or imported there, that a declaration uses. */
export function referencesOf(source: ts.SourceFile, node: ts.Node): readonly Reference[] {
  if (ts.isIdentifier(node)) return isNameOfMember(node) ? [] : declaredAs(source, node.text);
  const found: Reference[] = [];
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal))
    found.push({
      from: node.argument.literal.text,
      name: node.qualifier?.getText(source).split('.')[0] ?? 'default',
    });
  node.forEachChild((child) => void found.push(...referencesOf(source, child)));
  return found;
}

/** Where a name comes from that a file only hands on, and the line that does it. */
export function handedOn(
  source: ts.SourceFile,
  name: string,
): { readonly reference: Reference; readonly text: string } | undefined {
  for (const { exportClause, moduleSpecifier } of source.statements.filter(ts.isExportDeclaration)) {
    const elements = exportClause && ts.isNamedExports(exportClause) ? exportClause.elements : [];
    const one = elements.find((element) => element.name.text === name);
    if (one === undefined || moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) continue;
    return {
      reference: { from: moduleSpecifier.text, name: (one.propertyName ?? one.name).text },
      text: `export { ${one.getText(source)} } from '${moduleSpecifier.text}';`,
    };
  }
  return undefined;
}

/** What a statement declares. */
export function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const isNamed =
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isFunctionDeclaration(statement);
  return isNamed && statement.name !== undefined ? [statement.name.text] : [];
}

function declaredAs(source: ts.SourceFile, name: string): readonly Reference[] {
  return source.statements.flatMap((statement): readonly Reference[] => {
    if (namesOf(statement).includes(name)) return [{ from: undefined, name }];
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const { text: from } = statement.moduleSpecifier;
    const bindings = statement.importClause?.namedBindings;
    const elements = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
    return elements
      .filter((element) => element.name.text === name)
      .map((element) => ({ from, name: (element.propertyName ?? element.name).text }));
  });
}

/** The name of a member or parameter names nothing outside of itself. */
function isNameOfMember(node: ts.Identifier): boolean {
  return 'name' in node.parent && node.parent.name === node;
}
