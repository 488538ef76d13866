import type { CorpusModel } from './corpus.ts';
import { values } from './mutations.ts';

/** One place of a model in which a person can write something else. */
interface Place {
  readonly model: CorpusModel;
  /** `serviceTask@camunda:topic` for an attribute, `timeDuration#text` for a text. */
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly written: (value: string) => string;
}

/** Places of the same key that are tried: what stands around them differs. */
const placesOfKey = 3;

const attribute = /\s(?!xmlns)((?:\w+:)?\w+)="[^"<]*"/g;
const text = />[^<>\s][^<>]*</g;

/**
 * Every attribute and every text that the models have, each with every value that people write into the wrong place: one
 * change a model. Of the same attribute or text of the same element only so many, those that come first. The drawing is
 * left alone.
 */
export function sweep(models: readonly CorpusModel[]): CorpusModel[] {
  const tried = new Map<string, number>();
  return models.flatMap(placesOf).flatMap(({ model: { name, xml }, key, from, to, written }) => {
    const count = (tried.get(key) ?? 0) + 1;
    tried.set(key, count);
    if (count > placesOfKey) return [];
    return values.map((value) => ({
      name: `${name} (${key} is ${JSON.stringify(value.slice(0, 20))}, at ${from})`,
      xml: xml.slice(0, from) + written(value) + xml.slice(to),
    }));
  });
}

function placesOf(model: CorpusModel): Place[] {
  const [body = ''] = model.xml.split(/(?=<bpmndi:BPMNDiagram|<dmndi:DMNDI)/);
  const elementBefore = (index: number): string => {
    const tag = body.slice(body.lastIndexOf('<', index) + 1, index);
    return /^(?:\w+:)?([?\w]+)/.exec(tag)?.[1] ?? '';
  };
  const place = (found: RegExpExecArray, part: string, written: Place['written']): Place => ({
    model,
    key: `${elementBefore(found.index)}${part}`,
    from: found.index,
    to: found.index + found[0].length,
    written,
  });
  return [
    ...Array.from(body.matchAll(attribute), (found) =>
      place(found, `@${found[1] ?? ''}`, (value) => `${found[0].split('=')[0] ?? ''}="${value}"`),
    ),
    ...Array.from(body.matchAll(text), (found) => place(found, '#text', (value) => `>${value}<`)),
  ].toSorted((left, right) => left.from - right.from);
}
