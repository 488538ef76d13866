import type { InstanceState, InstanceSummary } from '@procos/contracts';
import type { EngineClient, HistoricInstance, InstanceSelection } from '@procos/engine-client';
import { failuresOf } from './failures-of.ts';
import { instanceState, stateFilter } from './instance-state.ts';
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

/** Instances that match every part of the filter, newest first, and how many there are in all. */
export async function listInstances(engine: EngineClient, given: InstanceFilter): Promise<InstancePage> {
  const { process, businessKey, state, limit, offset } = given;
  const filter = {
    ...(process === undefined ? {} : { processDefinitionKey: process }),
    ...(businessKey === undefined ? {} : { processInstanceBusinessKey: businessKey }),
  };
  if (state === 'FAILED') {
    const failed = await failuresOf(engine).matching(filter);
    return {
      instances: failed.slice(offset, offset + limit).map((one) => instanceSummary(one, true)),
      total: failed.length,
    };
  }
  if (state === 'COMPLETED' || state === 'TERMINATED') return withoutFailed(engine, filter, state, given);
  return plainPage(engine, state === undefined ? filter : { ...filter, ...stateFilter(state) }, given);
}

async function plainPage(
  engine: EngineClient,
  filter: InstanceSelection,
  { limit, offset }: InstanceFilter,
): Promise<InstancePage> {
  const [found, total] = await Promise.all([
    engine.history.instances(filter, { firstResult: offset, maxResults: limit }),
    engine.history.countMatching(filter),
  ]);
  const failed = await failuresOf(engine).among(found);
  return { instances: found.map((one) => instanceSummary(one, failed.has(one.id))), total };
}

const rowsPerQuery = 500;

/** The engine cannot leave out those that failed: its list is read from the beginning, as far as the page goes. */
async function withoutFailed(
  engine: EngineClient,
  ofAnyState: InstanceSelection,
  state: 'COMPLETED' | 'TERMINATED',
  { limit, offset }: InstanceFilter,
): Promise<InstancePage> {
  const filter = { ...ofAnyState, ...stateFilter(state) };
  const [everyFailed, all] = await Promise.all([
    failuresOf(engine).matching(ofAnyState),
    engine.history.countMatching(filter),
  ]);
  const failed = everyFailed.filter((one) => instanceState(one) === state);
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
