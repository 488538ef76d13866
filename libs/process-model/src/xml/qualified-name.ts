export interface QualifiedName {
  readonly prefix: string;
  readonly localName: string;
}

export function splitQualifiedName(name: string): QualifiedName {
  const colon = name.indexOf(':');
  return colon === -1
    ? { prefix: '', localName: name }
    : { prefix: name.slice(0, colon), localName: name.slice(colon + 1) };
}

/** Reserved by https://www.w3.org/TR/xml-names/#ns-decl, never declared. */
const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';

/** Prefix → namespace in force at one element; the empty prefix is the default namespace. */
export type NamespaceScope = ReadonlyMap<string, string>;

export const rootScope: NamespaceScope = new Map([['xml', xmlNamespace]]);

/** The scope inside an element with these attributes: the parent's, plus its own `xmlns` declarations. */
export function extendScope(parent: NamespaceScope, attributes: ReadonlyMap<string, string>): NamespaceScope {
  let scope: Map<string, string> | undefined;
  for (const [name, value] of attributes) {
    const { prefix, localName } = splitQualifiedName(name);
    if (name !== 'xmlns' && prefix !== 'xmlns') continue;
    scope ??= new Map(parent);
    scope.set(name === 'xmlns' ? '' : localName, value);
  }
  return scope ?? parent;
}
