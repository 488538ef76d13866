import type { InstanceState, InstanceSummary } from '@procos/contracts';
import type { EngineClient, HistoricInstance } from '@procos/engine-client';
import { failedAmong, failedInstances } from './failed-instances.ts';
import { stateFilter } from './instance-state.ts';
import { instanceSummary } from './instance-view.ts';

export interface InstanceFilter {
  readonly process?: string | undefined;
  readonly state?: InstanceState | undefined;
  readonly businessKey?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

interface InstancePage {
  readonly instances: InstanceSummary[];
  readonly total: number;
}

type Filter = Readonly<Record<string, unknown>>;

/** Instances that match every part of the filter, newest first, and how many there are in all. */
export async function listInstances(engine: EngineClient, given: InstanceFilter): Promise<InstancePage> {
  const { process, businessKey, state, limit, offset } = given;
  const filter = {
    ...(process === undefined ? {} : { processDefinitionKey: process }),
    ...(businessKey === undefined ? {} : { processInstanceBusinessKey: businessKey }),
  };
  if (state === 'FAILED') {
    const failed = await failedInstances(engine, filter);
    return {
      instances: failed.slice(offset, offset + limit).map((one) => instanceSummary(one, true)),
      total: failed.length,
    };
  }
  const inState = state === undefined ? filter : { ...filter, ...stateFilter(state) };
  return state === 'COMPLETED' || state === 'TERMINATED'
    ? withoutFailed(engine, inState, given)
    : plainPage(engine, inState, given);
}

async function plainPage(
  engine: EngineClient,
  filter: Filter,
  { limit, offset }: InstanceFilter,
): Promise<InstancePage> {
  const [found, total] = await Promise.all([
    engine.history.instances(filter, { firstResult: offset, maxResults: limit }),
    engine.history.countMatching(filter),
  ]);
  const failed = await failedAmong(engine, found);
  return { instances: found.map((one) => instanceSummary(one, failed.has(one.id))), total };
}

const rowsPerQuery = 500;

/** The engine cannot leave out those that failed: its list is read from the beginning, as far as the page goes. */
async function withoutFailed(
  engine: EngineClient,
  filter: Filter,
  { limit, offset }: InstanceFilter,
): Promise<InstancePage> {
  const [failed, all] = await Promise.all([failedInstances(engine, filter), engine.history.countMatching(filter)]);
  const failedIds = new Set(failed.map(({ id }) => id));
  const found: HistoricInstance[] = [];
  for (let firstResult = 0; found.length < offset + limit; firstResult += rowsPerQuery) {
    const rows = await engine.history.instances(filter, { firstResult, maxResults: rowsPerQuery });
    found.push(...rows.filter(({ id }) => !failedIds.has(id)));
    if (rows.length < rowsPerQuery) break;
  }
  return {
    instances: found.slice(offset, offset + limit).map((one) => instanceSummary(one, false)),
    total: all - failed.length,
  };
}
