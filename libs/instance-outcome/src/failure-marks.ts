import type { EngineClient, HistoricActivity, HistoricInstance } from '@procos/engine-client';

/** What an error leaves behind in the history: few rows, by which most instances are known not to have failed. */
export interface FailureMarks {
  /** Instances in which such a mark stands. */
  readonly instanceIds: readonly string[];
  /** Whether the way of an instance has to be read to know. */
  isSuspect(instance: HistoricInstance): boolean;
}

const rowsPerQuery = 1_000;
/** Longer than the engine takes from the end of a called instance to the event of its caller that catches its error. */
const longestStepMs = 5_000;
/** Elements that can end in an error: a mark on one of them tells that it has led to nothing. Source: `ActivityTypes` of the engine. */
const mayThrow = [
  'serviceTask',
  'sendTask',
  'businessRuleTask',
  'scriptTask',
  'userTask',
  'callActivity',
  'subProcess',
  'intermediateMessageThrowEvent',
] as const;

/** @param startedAfter the earliest moment that counts; undefined: all of the history */
export async function readMarks(engine: EngineClient, startedAfter: string | undefined): Promise<FailureMarks> {
  const window = startedAfter === undefined ? {} : { startedAfter };
  const [errorEnds, caught, led] = await Promise.all([
    rowsOf(engine, { activityType: 'errorEndEvent', ...window }),
    Promise.all(
      ['boundaryError', 'errorStartEvent'].map((activityType) => rowsOf(engine, { activityType, ...window })),
    ),
    Promise.all(mayThrow.map((activityType) => rowsOf(engine, { activityType, completeScope: true, ...window }))),
  ]);
  const marked = new Set([...errorEnds, ...led.flat()].map(({ processInstanceId }) => processInstanceId));
  const catches = caught.flat().map(({ startTime }) => Date.parse(startTime));
  return {
    instanceIds: [...marked],
    isSuspect: ({ id, state, superProcessInstanceId, endTime }) => {
      const end = Date.parse(endTime ?? '');
      const isCalled = state === 'INTERNALLY_TERMINATED' && superProcessInstanceId !== null;
      return marked.has(id) || (isCalled && catches.some((time) => time >= end && time - end <= longestStepMs));
    },
  };
}

async function rowsOf(
  engine: EngineClient,
  query: Parameters<EngineClient['history']['activities']>[0],
): Promise<HistoricActivity[]> {
  const rows: HistoricActivity[] = [];
  for (let firstResult = 0; ; firstResult += rowsPerQuery) {
    const page = await engine.history.activities({
      ...query,
      sortBy: 'startTime',
      sortOrder: 'desc',
      firstResult,
      maxResults: rowsPerQuery,
    });
    rows.push(...page);
    if (page.length < rowsPerQuery) return rows;
  }
}
