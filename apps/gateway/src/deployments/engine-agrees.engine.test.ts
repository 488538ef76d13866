import { createEngineClient, type DeploymentProblem, EngineRequestError } from '@procos/engine-client';
import { caseFile, caseNames, sampleSeed, seededRandom } from '@procos/testing';
import { afterAll, describe, expect, inject, it } from 'vitest';

const engine = createEngineClient(inject('engine'));
afterAll(() => engine.close());

/** `PROCOS_TEST_MODELS=all` takes every model and ten changes of each. */
const all = process.env['PROCOS_TEST_MODELS'] === 'all';
const sampled = all ? { models: Infinity, changes: 10 } : { models: 25, changes: 1 };

const next = seededRandom(sampleSeed);
const random = (below: number): number => Math.floor(next() * below);

/** One thing changed as a slip or an editor would: an attribute gone, emptied, made long or wrong, an element or text gone. */
function changed(xml: string): string {
  const changes: readonly ((text: string) => string)[] = [
    () => '',
    (text) => text.replace(/"[^"]*"/, '""'),
    (text) => text.replace(/"[^"]*"/, `"${'x'.repeat(300)}"`),
    (text) => text.replace(/"[^"]*"/, '"${unknown.value}"'),
    (text) => text.replace(/"[^"]*"/, '"-1 ?"'),
  ];
  const [pattern, change] =
    random(4) === 0
      ? ([/<((?:\w+:)?\w+)[^<>]*\/>|(?<=>)[^<>\s]+(?=<)/g, () => ''] as const)
      : ([/\s(?!xmlns)[\w:]+="[^"]*"/g, changes[random(changes.length)] ?? ((text: string) => text)] as const);
  const found = [...xml.matchAll(pattern)];
  const chosen = found[random(Math.max(1, found.length))];
  return chosen === undefined
    ? xml
    : `${xml.slice(0, chosen.index)}${change(chosen[0])}${xml.slice(chosen.index + chosen[0].length)}`;
}

function sample(): { readonly name: string; readonly xml: string }[] {
  const names = caseNames('bpmn').filter((name) => name.endsWith('.bpmn'));
  const chosen = names
    .map((name) => ({ name, order: random(2 ** 30) }))
    .toSorted((one, other) => one.order - other.order)
    .slice(0, sampled.models);
  return chosen.flatMap(({ name }) => {
    const xml = caseFile('bpmn', name).toString('utf8');
    return [
      { name, xml },
      ...Array.from({ length: sampled.changes }, (_, index) => ({
        name: `${name}, change ${index + 1}`,
        xml: changed(xml),
      })),
    ];
  });
}

/** Values that only an instance writes: the engine takes the model and stands still there. */
const isOfInstances = (problem: DeploymentProblem) =>
  problem.kind === 'too-long' &&
  /^The (?:id|name|assignee|candidate (?:user|group)|name of the event that is waited for) has/.test(problem.message);

/** What the engine says when it deploys the model, which is removed again. */
async function refusalOf(xml: string): Promise<string | undefined> {
  try {
    const { id } = await engine.repository.deploy({
      name: 'agreement',
      source: 'test',
      resources: { 'model.bpmn': xml },
      evenIfUnchanged: true,
    });
    await engine.repository.deleteDeployment(id);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof EngineRequestError) return thrown.engineMessage;
    throw thrown;
  }
}

describe('the check of a deployment and the deployment itself', () => {
  it(
    `agree on models that once failed and on changes of them (seed ${sampleSeed})`,
    async () => {
      const models = sample();
      const disagreements: string[] = [];
      let refused = 0;
      for (const { name, xml } of models) {
        const problems = await engine.repository.checkDeployment({
          name: 'agreement',
          resources: { 'model.bpmn': xml },
        });
        const found = problems?.filter((problem) => problem.severity === 'error' && !isOfInstances(problem)) ?? [];
        const refusal = await refusalOf(xml);
        if (refusal !== undefined) refused += 1;
        if (found.length > 0 !== (refusal !== undefined))
          disagreements.push(
            `${name}: the check found ${JSON.stringify(found)}, the engine said ${refusal ?? 'yes'}\n${xml}`,
          );
      }
      console.log(`${models.length} models, ${refused} of them refused by both (seed ${sampleSeed})`);
      expect(disagreements).toEqual([]);
      expect(refused).toBeGreaterThan(0);
    },
    all ? 1_800_000 : 120_000,
  );
});
