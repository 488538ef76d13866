import type { EngineClient, HistoricInstance, InstanceSelection } from '@procos/engine-client';
import { type ErrorModel, errorModelOf, noModel } from './error-model.ts';
import { errorOutcomes, type OutcomeError, type OutcomeRow } from './error-outcomes.ts';
import { type FailureMarks, readMarks } from './failure-marks.ts';

/** Finds out which instances have failed: which have ended in an error that nothing in them has caught. */
export interface FailureFinder {
  /** Of some instances, those that have failed, by id. What is still running has not. */
  among(instances: readonly HistoricInstance[]): Promise<ReadonlyMap<string, OutcomeError>>;
  /** All that have failed and match a filter of the engine's history that names no state, newest first. */
  matching(filter: InstanceSelection): Promise<readonly HistoricInstance[]>;
}

/** Outcomes and models never change; beyond so many the memory starts anew. */
const [mostOutcomes, mostModels] = [20_000, 1_000];
const [idsPerQuery, rowsPerQuery] = [200, 500];
/** Calls that are followed upwards, to who catches an error, and downwards, to where it arose. */
const deepestCall = 10;

export function createFailureFinder(engine: EngineClient): FailureFinder {
  const known = new Map<string, OutcomeError | undefined>();
  const models = createModels(engine);
  const judgeAll = async (instances: readonly HistoricInstance[], marks: FailureMarks): Promise<void> => {
    if (known.size > mostOutcomes) known.clear();
    await Promise.all(
      instances.map(async (one) => {
        known.set(one.id, marks.isSuspect(one) ? await judge(engine, models, one) : undefined);
      }),
    );
  };
  return {
    among: async (instances) => {
      const unknown = instances.filter((one) => mayHaveFailed(one) && !known.has(one.id));
      if (unknown.length > 0) await judgeAll(unknown, await readMarks(engine, earliest(unknown)));
      return failedOf(known, instances);
    },
    matching: async (filter) => {
      const marks = await readMarks(engine, undefined);
      const suspects = [
        ...(await instancesOf(engine, marks.instanceIds, filter)),
        ...(await every(engine, { ...filter, internallyTerminated: true })),
      ];
      const ended = [...new Map(suspects.map((one) => [one.id, one])).values()].filter(mayHaveFailed);
      await judgeAll(
        ended.filter(({ id }) => !known.has(id)),
        marks,
      );
      const failed = failedOf(known, ended);
      return ended
        .filter(({ id }) => failed.has(id))
        .toSorted((a, b) => Date.parse(b.startTime) - Date.parse(a.startTime) || b.id.localeCompare(a.id));
    },
  };
}

function failedOf(
  known: ReadonlyMap<string, OutcomeError | undefined>,
  instances: readonly HistoricInstance[],
): ReadonlyMap<string, OutcomeError> {
  return new Map(
    instances.flatMap(({ id }) => {
      const failure = known.get(id);
      return failure === undefined ? [] : [[id, failure] as const];
    }),
  );
}

/** What somebody ended from outside has not failed by itself. */
function mayHaveFailed({ endTime, state }: HistoricInstance): boolean {
  return endTime !== null && state !== 'EXTERNALLY_TERMINATED';
}

type Models = (rows: readonly OutcomeRow[]) => Promise<(row: OutcomeRow) => ErrorModel>;

function createModels({ repository }: EngineClient): Models {
  const known = new Map<string, Promise<ErrorModel>>();
  const modelOf = (id: string): Promise<ErrorModel> => {
    const model =
      known.get(id) ??
      errorModelOf(repository, id).catch((thrown: unknown) => {
        known.delete(id);
        throw thrown;
      });
    if (known.size >= mostModels) known.clear();
    known.set(id, model);
    return model;
  };
  return async (rows) => {
    const ids = [...new Set(rows.map(({ processDefinitionId }) => processDefinitionId))];
    const models = new Map(await Promise.all(ids.map(async (id) => [id, await modelOf(id)] as const)));
    return ({ processDefinitionId }) => models.get(processDefinitionId) ?? noModel;
  };
}

/** Reads the way of an instance, of those that wait for it, and of those whose errors it has passed on. */
async function judge(
  engine: EngineClient,
  models: Models,
  instance: HistoricInstance,
): Promise<OutcomeError | undefined> {
  const own = await engine.history.path(instance.id);
  const above = await callersOf(engine, instance);
  const rows = [
    ...own,
    ...(await pathsBelow(engine, own)),
    ...(await Promise.all(above.map(({ id }) => engine.history.path(id)))).flat(),
  ];
  const modelOf = await models(rows);
  return errorOutcomes({ rows, over: [instance, ...above], modelOf, completeUntil: Infinity }).failureOf(instance);
}

async function callersOf(engine: EngineClient, instance: HistoricInstance): Promise<HistoricInstance[]> {
  const callers: HistoricInstance[] = [];
  for (let id = instance.superProcessInstanceId; id !== null && callers.length < deepestCall; ) {
    const caller = await engine.history.instance(id);
    if (caller === undefined) break;
    callers.push(caller);
    id = caller.superProcessInstanceId;
  }
  return callers;
}

async function pathsBelow(
  engine: EngineClient,
  path: readonly OutcomeRow[],
  callsLeft = deepestCall,
): Promise<OutcomeRow[]> {
  const ended = path.filter(({ canceled, calledProcessInstanceId }) => canceled && calledProcessInstanceId !== null);
  const called = ended.at(-1)?.calledProcessInstanceId ?? null;
  if (called === null || callsLeft === 0) return [];
  const below = await engine.history.path(called);
  return [...below, ...(await pathsBelow(engine, below, callsLeft - 1))];
}

async function instancesOf(
  engine: EngineClient,
  ids: readonly string[],
  filter: InstanceSelection,
): Promise<HistoricInstance[]> {
  const found: HistoricInstance[] = [];
  for (let first = 0; first < ids.length; first += idsPerQuery) {
    const processInstanceIds = ids.slice(first, first + idsPerQuery);
    const page = { maxResults: idsPerQuery };
    found.push(...(await engine.history.instances({ ...filter, processInstanceIds, finished: true }, page)));
  }
  return found;
}

async function every(engine: EngineClient, filter: InstanceSelection): Promise<HistoricInstance[]> {
  const found: HistoricInstance[] = [];
  for (let firstResult = 0; ; firstResult += rowsPerQuery) {
    const rows = await engine.history.instances(filter, { firstResult, maxResults: rowsPerQuery });
    found.push(...rows);
    if (rows.length < rowsPerQuery) return found;
  }
}

function earliest(instances: readonly HistoricInstance[]): string {
  return instances
    .map(({ startTime }) => startTime)
    .reduce((first, time) => (Date.parse(time) < Date.parse(first) ? time : first));
}
