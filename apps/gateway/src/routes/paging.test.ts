import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDefinition, addIncident, addInstance, type EngineWorld, tick } from '../testing/engine-world.ts';
import { type RunningGateway, startGateway } from '../testing/running-gateway.ts';

let gateway: RunningGateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.stop());

interface List {
  /** Field of the answer that holds the entries. */
  readonly field: string;
  /** Makes so many of them and gives what tells them apart. */
  readonly make: (world: EngineWorld, count: number) => readonly string[];
}

const numbered = (count: number, name: string) =>
  Array.from({ length: count }, (_, index) => `${name}-${String(index).padStart(4, '0')}`);

const lists: Readonly<Record<string, List>> = {
  '/v1/user-tasks': {
    field: 'tasks',
    make: (world, count) => {
      const { id: processInstanceId, processDefinitionId } = addInstance(world, 'survey');
      const task = { name: 'Ask', description: null, taskDefinitionKey: 'ask', assignee: null, due: null };
      const ids = numbered(count, 'task');
      for (const id of ids)
        world.userTasks.push({ ...task, id, created: tick(), processInstanceId, processDefinitionId });
      return ids;
    },
  },
  // Between them lie their repetitions in the calling instances, which are no entries.
  '/v1/incidents': {
    field: 'incidents',
    make: (world, count) => {
      const [caller, called] = [addInstance(world, 'orders'), addInstance(world, 'bills')];
      const ids = numbered(count, 'incident');
      for (const id of ids) {
        addIncident(world, called, { id });
        addIncident(world, caller, { configuration: null, rootCauseIncidentId: id, causeIncidentId: id });
      }
      // The newest first.
      return ids.toReversed();
    },
  },
  '/v1/process-definitions': {
    field: 'definitions',
    make: (world, count) => numbered(count, 'process').map((key) => addDefinition(world, key).id),
  },
  '/v1/process-definitions/orders': {
    field: 'definitions',
    make: (world, count) => Array.from({ length: count }, () => addDefinition(world, 'orders').id).toReversed(),
  },
};

/** All entries as somebody reads them who asks for one page after the other until `total` is reached. */
async function readAll(path: string, field: string, limit: number) {
  const [ids, totals, sizes]: [string[], Set<number>, number[]] = [[], new Set(), []];
  for (let offset = 0; ; offset += limit) {
    const query = limit === 0 ? '' : `?limit=${limit}&offset=${offset}`;
    const { body } = await gateway.call<Record<string, unknown>>('GET', path + query);
    const page = body[field] as readonly { readonly id: string }[];
    ids.push(...page.map(({ id }) => id));
    sizes.push(page.length);
    totals.add(body['total'] as number);
    if (limit === 0 || page.length === 0 || ids.length >= (body['total'] as number)) break;
  }
  return { ids, sizes, totals: [...totals] };
}

describe.each(Object.entries(lists))('the list %s', (path, { field, make }) => {
  it('reaches every entry once, page by page, and says on each page how many there are', async () => {
    const ids = make(gateway.world, 7);

    expect(await readAll(path, field, 3)).toEqual({ ids, sizes: [3, 3, 1], totals: [7] });
  });

  it('reaches what lies beyond the largest page and beyond what the engine gives at once', async () => {
    const ids = make(gateway.world, 1_203);

    expect(await readAll(path, field, 500)).toEqual({ ids, sizes: [500, 500, 203], totals: [1_203] });
  }, 30_000);

  it('says how many there are also where nothing was asked for, and behind the last page', async () => {
    const ids = make(gateway.world, 620);

    const first = await readAll(path, field, 0);
    const { body } = await gateway.call<Record<string, unknown>>('GET', `${path}?offset=620`);

    expect(first.totals).toEqual([620]);
    expect(first.ids).toEqual(ids.slice(0, first.ids.length));
    expect(body).toEqual({ [field]: [], total: 620 });
  }, 30_000);
});
