import { expressionsIn } from '@procos/engine-client';

/** Parts of an element that have ids of their own, but no name that a person knows them by. */
const parts =
  /^(conditionExpression|condition|loopCardinality|completionCondition|multiInstanceLoopCharacteristics|\w*EventDefinition|time(Date|Duration|Cycle)|extensionElements|inputParameter|outputParameter|ioSpecification|script|expression|entry|value|list|map|inputOutput|in|out|documentation|definitions|process)$/;
const mostNamed = 3;

/**
 * The elements of a model in which an expression stands that the engine could not evaluate; it names the expression only.
 *
 * @param reason the engine's own words
 * @returns ids, none where the reason names no expression of this model
 */
export function failingElements(reason: string, xml: string): readonly string[] {
  const expressions = expressionsIn(reason);
  if (expressions.length === 0) return [];
  const found = new Set<string>();
  for (const { text, owner } of textsOf(xml)) {
    if (owner !== undefined && expressions.some((expression) => text.includes(expression))) found.add(owner);
  }
  return found.size > mostNamed ? [] : [...found];
}

/** All texts and attributes of a model, each with the id of the element that it belongs to. */
function* textsOf(xml: string): Iterable<{ readonly text: string; readonly owner: string | undefined }> {
  const open: (string | undefined)[] = [];
  for (const [, comment, data, closing, name = '', attributes = '', empty, text] of xml.matchAll(
    /(<!--[\s\S]*?-->|<\?[\s\S]*?\?>)|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)((?:[\w.-]+:)?[\w.-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/g,
  )) {
    if (comment !== undefined) continue;
    if (data !== undefined) yield { text: data, owner: open.at(-1) };
    else if (text !== undefined) yield { text: unescaped(text), owner: open.at(-1) };
    else if (closing === '/') open.pop();
    else {
      const local = name.slice(name.indexOf(':') + 1);
      const id = /\sid\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1];
      const owner = id === undefined || parts.test(local) ? open.at(-1) : id;
      yield { text: unescaped(attributes), owner };
      if (empty !== '/') open.push(owner);
    }
  }
}

function unescaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    amp: '&',
    '#39': "'",
    '#34': '"',
    '#10': '\n',
  };
  return text.replaceAll(/&(lt|gt|quot|apos|amp|#39|#34|#10);/g, (whole, name: string) => entities[name] ?? whole);
}
