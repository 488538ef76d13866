import { fixProcessModel, isProcessModelError, layOutProcessModel } from '@procos/process-model';
import { isFull, sampled, sampleSeed, sampleTimeout, seededRandom } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import { caseModels, type CorpusModel, publishedModels } from './corpus.ts';
import { type DrawnPart, readDrawing, withoutParts } from './drawing.ts';

/** Of each source; so many take some seconds. */
const sampleSize = 30;
/** A test that finds nothing to compare would hold whatever happens. */
const fewest = isFull ? 40 : 10;

type Repair = (xml: string) => Promise<string>;

const repairs: Readonly<Record<string, Repair>> = {
  'procos lint --fix': async (xml) => (await fixProcessModel(xml)).xml,
  'the layout at deploy': layOutProcessModel,
};

const corpora: Readonly<Record<string, () => Promise<readonly CorpusModel[]>>> = {
  'models drawn by hand, published with the engine': async () =>
    publishedModels().filter(({ xml }) => xml.includes('BPMNShape')),
  'models that once failed, drawn completely': async () => drawn(caseModels()),
};

/** Nothing here asks an engine: the published models come through Maven, which only the tests of engines may need. */
describe.each(Object.keys(corpora))('%s', (corpus) => {
  it.each(Object.keys(repairs))(
    `keep every number, label and colour of their drawing through %s (seed ${sampleSeed})`,
    async (name) => {
      const repair = repairs[name] ?? layOutProcessModel;
      const next = seededRandom(sampleSeed);
      const models = sampled((await corpora[corpus]?.()) ?? [], sampleSize);
      const compared = { models: 0, parts: 0, refused: 0 };
      const changed: string[] = [];
      for (const model of models) {
        // Without a text that the intake takes there is no drawing to keep.
        if ((await repaired(model.xml, repair)) === undefined) compared.refused += 1;
        else {
          compared.models += 1;
          for (const { what, text } of variantsOf(model.xml, next)) {
            const before = shownParts(text);
            compared.parts += before.length;
            changed.push(
              ...differences(before, readDrawing((await repaired(text, repair)) ?? '<refused/>')).map(
                (difference) => `${model.name}, ${what}: ${difference}`,
              ),
            );
          }
        }
      }
      process.stderr.write(`  ${corpus}, ${name}, seed ${sampleSeed}: ${JSON.stringify(compared)}\n`);

      expect(changed).toEqual([]);
      expect(compared.models).toBeGreaterThanOrEqual(fewest);
    },
    sampleTimeout,
  );
});

/** Those that the intake takes; few of them have a drawing of their own. */
async function drawn(models: readonly CorpusModel[]): Promise<CorpusModel[]> {
  const laidOut: CorpusModel[] = [];
  for (const { name, xml } of models) {
    const text = await repaired(xml, layOutProcessModel);
    if (text?.includes('BPMNShape') === true) laidOut.push({ name, xml: text });
  }
  return laidOut;
}

interface Variant {
  readonly what: string;
  readonly text: string;
}

/** The file as it is, without one shape or line, and without some of them. */
function variantsOf(xml: string, next: () => number): Variant[] {
  const parts = readDrawing(xml);
  const one = parts[Math.floor(next() * parts.length)];
  const some = parts.filter(() => next() < 0.3);
  const taken = [...(one === undefined ? [] : [[one]]), ...(some.length === 0 ? [] : [some])];
  return [
    { what: 'as it is', text: xml },
    ...taken.map((gone) => ({
      what: `without ${gone.map(({ kind, element }) => `${kind} ${element}`).join(', ')}`,
      text: withoutParts(xml, gone),
    })),
  ];
}

async function repaired(xml: string, repair: Repair): Promise<string | undefined> {
  try {
    return await repair(xml);
  } catch (error) {
    if (isProcessModelError(error)) return undefined;
    throw error;
  }
}

/** What shows an element of the model: shapes of nothing have to go, since the engine refuses them. */
function shownParts(xml: string): DrawnPart[] {
  const ids = new Set(Array.from(xml.matchAll(/\sid\s*=\s*(["'])(.*?)\1/g), ([, , id]) => id ?? ''));
  return readDrawing(xml).filter(({ element }) => ids.has(element) || ids.has(element.slice(element.indexOf(':') + 1)));
}

function differences(before: readonly DrawnPart[], after: readonly DrawnPart[]): string[] {
  const known = new Set(before.map(({ element }) => element));
  const found = byElement(after);
  const renamed = new Map(after.filter(({ element }) => !known.has(element)).map((part) => [figuresOf(part), part]));
  const drawnTwice = Array.from(known)
    .filter((element) => timesDrawn(after, element) > timesDrawn(before, element))
    .map((element) => `${element} is drawn once more`);
  const changed = Array.from(byElement(before)).flatMap(([key, part]) => {
    // An id that is none gets another; then the same figures draw an element that was not there under this name.
    const now = found.get(key) ?? renamed.get(figuresOf(part));
    if (now === undefined) return [`${key} is gone`];
    return figuresOf(now) === figuresOf(part) ? [] : [`${key} was ${figuresOf(part)} and is ${figuresOf(now)}`];
  });
  return [...changed, ...drawnTwice];
}

function timesDrawn(parts: readonly DrawnPart[], shown: string): number {
  return parts.filter(({ element }) => element === shown).length;
}

/** All but the names: those of elements are compared by their key, those of shapes say nothing about a drawing. */
function figuresOf({ plane, kind, figures }: DrawnPart): string {
  const numbers = figures.map(({ name, attributes }) => [
    name,
    Object.entries(attributes).filter(([key]) => key !== 'id' && key !== 'bpmnElement'),
  ]);
  return JSON.stringify([plane, kind, numbers]);
}

/** An element may be drawn more than once; the order of its parts tells them apart. */
function byElement(parts: readonly DrawnPart[]): Map<string, DrawnPart> {
  const found = new Map<string, DrawnPart>();
  for (const part of parts) {
    let key = `${part.kind} of ${part.element} on plane ${part.plane}`;
    while (found.has(key)) key += ', again';
    found.set(key, part);
  }
  return found;
}
