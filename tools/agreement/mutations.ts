import type { CorpusModel } from './corpus.ts';

/** Values that people write into the wrong place, by what they look like. */
export const values = [
  '',
  ' ',
  'gone',
  'a b',
  'größe',
  '${',
  '${x}',
  '${1 + 1}',
  '= x > 1',
  'true',
  '-1',
  '3',
  'PT5M',
  'PT1D',
  '2027-04-31',
  'R3/PT1M',
  'external',
  'x'.repeat(300),
];

/** One small fault in a model that was right, as a person makes it by hand: what was deleted, doubled or written elsewhere. */
export function mutated({ name, xml }: CorpusModel, next: () => number): CorpusModel {
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(next() * items.length)];
  const [model = '', ...diagram] = xml.split(/(?=<bpmndi:BPMNDiagram|<dmndi:DMNDI)/);
  const kind = pick(kinds) ?? 'attribute gone';
  const changed = change(model, kind, pick);
  return { name: `${name} (${kind})`, xml: [changed, ...diagram].join('') };
}

const kinds = [
  'attribute gone',
  'attribute changed',
  'element gone',
  'element doubled',
  'text changed',
  'values swapped',
] as const;
type Pick = <Item>(items: readonly Item[]) => Item | undefined;

const attribute = /\s(?!xmlns)(?:\w+:)?\w+="[^"<]*"/g;
const leaf = /<((?:\w+:)?\w+)(?:\s[^<>]*)?(?:\/>|>[^<]*<\/\1>)/g;
const text = />[^<>\s][^<>]*</g;

function change(model: string, kind: (typeof kinds)[number], pick: Pick): string {
  const start = Math.max(model.search(/<(?:\w+:)?process[\s>]/), 0);
  const [head, body] = [model.slice(0, start), model.slice(start)];
  const at = (pattern: RegExp): RegExpExecArray | undefined => pick(Array.from(body.matchAll(pattern)));
  const replaced = (found: RegExpExecArray | undefined, by: string): string =>
    found === undefined ? body : body.slice(0, found.index) + by + body.slice(found.index + found[0].length);
  switch (kind) {
    case 'attribute gone':
      return head + replaced(at(attribute), '');
    case 'attribute changed': {
      const found = at(attribute);
      return head + replaced(found, `${found?.[0].split('=')[0] ?? ''}="${pick(values) ?? ''}"`);
    }
    case 'element gone':
      return head + replaced(at(leaf), '');
    case 'element doubled': {
      const found = at(leaf);
      return head + replaced(found, (found?.[0] ?? '').repeat(2));
    }
    case 'text changed':
      return head + replaced(at(text), `>${pick(values) ?? ''}<`);
    case 'values swapped': {
      const [one, other] = [at(attribute), at(attribute)];
      const value = /"[^"]*"/.exec(other?.[0] ?? '')?.[0] ?? '""';
      return head + replaced(one, `${one?.[0].split('=')[0] ?? ''}=${value}`);
    }
  }
}
