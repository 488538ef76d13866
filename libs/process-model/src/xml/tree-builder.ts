import type { GetContext } from 'saxen';
import { isDrawn } from '../bpmn/drawn-elements.ts';
import { processModelErrors } from '../errors.ts';
import { refuseForbiddenCharacters } from './characters.ts';
import { decodeEntities } from './entities.ts';
import { MarkupCursor } from './markup-cursor.ts';
import { extendScope, rootScope, splitQualifiedName } from './qualified-name.ts';
import type { IntakeLimits } from './limits.ts';
import type { NamespaceScope } from './qualified-name.ts';
import type { XmlAttribute, XmlDocument, XmlElement, XmlPosition, XmlText } from './xml-tree.ts';

const xIncludeNamespaces: ReadonlySet<string> = new Set([
  'http://www.w3.org/2001/XInclude',
  'http://www.w3.org/2003/XInclude',
]);
const validName = /^[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?$/;

/** Builds the tree from parser events and holds the limits while it grows. */
export class TreeBuilder {
  readonly #limits: IntakeLimits;
  readonly #scopes: NamespaceScope[] = [rootScope];
  readonly #open: XmlElement[] = [];
  #root: XmlElement | undefined;
  /** Comments and instructions stand before or behind the root element too; there they are no part of the tree. */
  #hasBegun = false;
  #elements = 0;
  #allElements = 0;
  readonly #cursor: MarkupCursor;

  /** @param text what is parsed, with line feeds alone at line ends */
  constructor(text: string, limits: IntakeLimits) {
    this.#cursor = new MarkupCursor(text);
    this.#limits = limits;
  }

  open(name: string, rawAttributes: Readonly<Record<string, string>>, context: GetContext): void {
    this.#allElements += 1;
    this.#refuseExcess(context);
    const parent = this.#open.at(-1);
    if (parent === undefined && this.#root !== undefined) throw malformed('a second root element', context);
    const values = decodeAttributes(rawAttributes, context);
    const scope = extendScope(this.#scopes.at(-1) ?? rootScope, values);
    if (!isDrawn(name, scope, parent)) this.#elements += 1;
    const element = newElement(name, values, { scope, parent, position: this.#cursor.passStartTag(name) });
    if (!validName.test(name)) throw malformed(`illegal element name <${name.slice(0, 40)}>`, context);
    refuseXInclude(element, values, context);
    refuseTwins(element, context);
    if (parent === undefined) this.#root = element;
    else parent.children.push(element);
    this.#open.push(element);
    this.#scopes.push(scope);
  }

  close(): void {
    this.#open.pop();
    this.#scopes.pop();
  }

  text(kind: XmlText['kind'], raw: string, context: GetContext): void {
    this.#passMarkup(kind, raw);
    const value = kind === 'text' ? decodeEntities(raw) : raw;
    if (value === undefined) throw malformed('an entity that is not declared', context);
    if (value !== raw) refuseForbiddenCharacters(value, () => context().line + 1);
    if (kind === 'text' && raw.includes(']]>')) throw malformed(']]> in text', context);
    if (kind === 'comment' && (raw.includes('--') || raw.endsWith('-'))) throw malformed('-- in a comment', context);
    if (kind === 'instruction') this.#checkInstruction(value, context);
    this.#hasBegun = true;
    this.#open.at(-1)?.children.push({ kind, value });
  }

  finish(): XmlDocument {
    if (this.#root === undefined) {
      throw processModelErrors.PROCOS_MODEL_MALFORMED({ reason: 'no root element', line: 1, column: 1 });
    }
    return { root: this.#root };
  }

  #passMarkup(kind: XmlText['kind'], raw: string): void {
    if (kind === 'comment') this.#cursor.pass('<!--', raw.length + '<!---->'.length);
    if (kind === 'cdata') this.#cursor.pass('<![CDATA[', raw.length + '<![CDATA[]]>'.length);
    if (kind === 'instruction') this.#cursor.pass('<?', raw.length + '<??>'.length);
  }

  #checkInstruction(value: string, context: GetContext): void {
    if (/^xml(\s|$)/i.test(value) && (this.#root !== undefined || this.#hasBegun)) {
      throw malformed('an XML declaration that is not at the start', context);
    }
  }

  #refuseExcess(context: GetContext): void {
    // The one before was counted with its namespace: this is one more at most.
    const excess =
      this.#elements > this.#limits.elements
        ? this.#limits.elements
        : this.#allElements > this.#limits.allElements
          ? this.#limits.allElements
          : undefined;
    if (excess !== undefined) throw processModelErrors.PROCOS_MODEL_TOO_MANY_ELEMENTS({ limit: excess });
    if (this.#open.length >= this.#limits.depth) {
      throw processModelErrors.PROCOS_MODEL_TOO_DEEP({ limit: this.#limits.depth, line: context().line + 1 });
    }
  }
}

function malformed(reason: string, context: GetContext): Error {
  const { line, column } = context();
  return processModelErrors.PROCOS_MODEL_MALFORMED({ reason, line: line + 1, column: column + 1 });
}

/** Two prefixes may stand for one namespace. */
function refuseTwins({ attributes }: XmlElement, context: GetContext): void {
  const names = new Set<string>();
  for (const { prefix, localName, uri } of attributes) {
    if (prefix === '' || prefix === 'xmlns' || uri === undefined) continue;
    const name = `${uri} ${localName}`;
    if (names.has(name)) throw malformed(`the attribute ${localName} twice in one namespace`, context);
    names.add(name);
  }
}

function decodeAttributes(raw: Readonly<Record<string, string>>, context: GetContext): Map<string, string> {
  const values = new Map<string, string>();
  for (const [name, rawValue] of Object.entries(raw)) {
    if (!validName.test(name)) throw malformed(`illegal attribute name ${name.slice(0, 40)}`, context);
    if (rawValue.includes('<')) throw malformed(`< in the value of ${name.slice(0, 40)}`, context);
    const value = decodeEntities(rawValue.replaceAll(/[\t\n]/g, ' '));
    if (value === undefined) throw malformed('an entity that is not declared', context);
    if (value !== rawValue) refuseForbiddenCharacters(value, () => context().line + 1);
    values.set(name, value);
  }
  return values;
}

function newElement(
  name: string,
  values: ReadonlyMap<string, string>,
  {
    scope,
    parent,
    position,
  }: { readonly scope: NamespaceScope; readonly parent: XmlElement | undefined; readonly position: XmlPosition },
): XmlElement {
  const attributes = Array.from(values, ([attributeName, value]): XmlAttribute => {
    const { prefix, localName } = splitQualifiedName(attributeName);
    return { name: attributeName, prefix, localName, value, uri: prefix === '' ? undefined : scope.get(prefix) };
  });
  const { prefix, localName } = splitQualifiedName(name);
  return {
    kind: 'element',
    name,
    prefix,
    localName,
    uri: scope.get(prefix),
    attributes,
    children: [],
    parent,
    position,
  };
}

function refuseXInclude(element: XmlElement, values: ReadonlyMap<string, string>, context: GetContext): void {
  const declares = Array.from(values).some(
    ([name, value]) => name.startsWith('xmlns') && xIncludeNamespaces.has(value.trim()),
  );
  if (declares || xIncludeNamespaces.has(element.uri ?? '')) {
    throw processModelErrors.PROCOS_MODEL_XINCLUDE({ line: context().line + 1 });
  }
}
