import type { DefinitionView } from '@procos/api-client';
import { describe, expect, it } from 'vitest';
import { runCli } from '../testing/captured-io.ts';
import { startFakeGateway } from '../testing/fake-gateway.ts';
import { sampleIncident, sampleTask } from '../testing/samples.ts';

const task = (index: number) => sampleTask({ id: `id-${index}` });
const definition = (index: number): DefinitionView => ({
  id: `id-${index}`,
  key: `greet_${index}`,
  name: 'Greeting',
  version: 1,
  deploymentId: 'd',
  file: 'greet.bpmn',
  suspended: false,
});

describe.each([
  ['tasks', '/v1/user-tasks', 'tasks', task],
  ['incidents', '/v1/incidents', 'incidents', (index: number) => sampleIncident({ id: `id-${index}` })],
  ['processes', '/v1/process-definitions', 'definitions', definition],
] as const)('a long list of procos %s', (command, path, name, make) => {
  const all = Array.from({ length: 1_203 }, (_, index) => make(index));
  const routes = {
    [`GET ${path}`]: ({ query }: { query: Readonly<Record<string, string>> }) => {
      const [limit, offset] = [Number(query['limit']), Number(query['offset'])];
      return { [name]: all.slice(offset, offset + limit), total: all.length };
    },
  };

  it('says that it goes on, and with which command', async () => {
    await using gateway = await startFakeGateway(routes);

    const { stdout } = await runCli([command, '--limit', '3', '--offset', '2', '--url', gateway.url]);

    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      `3 of 1203 shown → npx procos ${command} --offset 5 --limit 3, or all of them with --limit 0`,
    );
  });

  it('has nothing out of reach', async () => {
    await using gateway = await startFakeGateway(routes);

    const { stdout } = await runCli([command, '--limit', '0', '--json', '--url', gateway.url]);

    const document = JSON.parse(stdout) as Readonly<Record<string, readonly { id: string }[]>>;
    expect(document['total']).toBe(1_203);
    expect(new Set(document[name]?.map(({ id }) => id)).size).toBe(1_203);
  });
});
