import { seededRandom } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import { fixProcessModel } from './fix-process-model.ts';
import { isProcessModelError } from './errors.ts';
import { lintProcessModel } from './lint-process-model.ts';
import { inputParameter, model, sequence, task } from './fixtures/model-builder.ts';

const original = model(
  `${sequence(task('work', { extensions: inputParameter('${a ? b : "c"}') }), '<bpmn:callActivity id="call" calledElement="x" />')}<bpmn:boundaryEvent id="failed" attachedToRef="work"><bpmn:errorEventDefinition id="def" /></bpmn:boundaryEvent>`,
  { rootElements: '<!-- note --><bpmn:message id="m" name="M" />' },
);
const fragments = [
  '<',
  '>',
  '"',
  '/',
  '&',
  '&#0;',
  '${',
  '#{',
  '}',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?',
  '?>',
  'xmlns:',
  ':',
  'id="work"',
  '</bpmn:process>',
  '\u0000',
  '\uD800',
  '<a/>',
  ' ',
];

function mutate(text: string, next: () => number): string {
  let mutated = text;
  for (let count = 1 + Math.floor(next() * 4); count > 0; count -= 1) {
    const at = Math.floor(next() * mutated.length);
    const length = Math.floor(next() * 30);
    const insert =
      next() < 0.5 ? (fragments[Math.floor(next() * fragments.length)] ?? '') : mutated.slice(at, at + length);
    const remove = next() < 0.5 ? length : 0;
    mutated = mutated.slice(0, at) + insert + mutated.slice(at + remove);
  }
  return mutated;
}

function noise(next: () => number): string {
  return String.fromCharCode(...Array.from({ length: Math.floor(next() * 200) }, () => Math.floor(next() * 65_536)));
}

describe('hostile texts', () => {
  it('make the lint report, never throw, for 600 mutations of a model', async () => {
    const next = seededRandom(20_260_101);
    for (let run = 0; run < 600; run += 1) {
      const findings = await lintProcessModel(mutate(original, next));
      expect(Array.isArray(findings), `run ${run}`).toBe(true);
    }
  });

  it('make the lint report an error for 200 random texts', async () => {
    const next = seededRandom(7);
    for (let run = 0; run < 200; run += 1) {
      const findings = await lintProcessModel(noise(next));
      expect(findings[0]?.severity, `run ${run}`).toBe('error');
    }
  });

  it('make the fix refuse with an error of the catalogue or return a model that a second fix leaves alone', async () => {
    const next = seededRandom(42);
    for (let run = 0; run < 200; run += 1) {
      const outcome = await fixProcessModel(mutate(original, next)).catch((error: unknown) => error);
      if (outcome instanceof Error) {
        expect(isProcessModelError(outcome), `run ${run}: ${outcome.message}`).toBe(true);
      } else {
        const { xml } = outcome as { xml: string };
        expect((await fixProcessModel(xml)).applied, `run ${run}`).toEqual([]);
      }
    }
  });

  it('are judged in bounded time, whatever their shape', async () => {
    const shapes = [
      '<a '.repeat(200_000),
      `<a ${'b="c" '.repeat(100_000)}/>`,
      `<!--${'-'.repeat(1_000_000)}`,
      `<a>${'&amp;'.repeat(200_000)}</a>`,
      model(sequence(...Array.from({ length: 400 }, (_, index) => task(`t${index}`)))),
    ];
    const started = performance.now();

    for (const shape of shapes) await lintProcessModel(shape);

    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
