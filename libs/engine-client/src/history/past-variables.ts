import type { EngineHttp } from '../http.ts';
import { decodeValue, type EngineValue } from '../variables.ts';

interface HistoricVariable extends EngineValue {
  readonly name: string;
  readonly activityInstanceId: string;
  readonly createTime: string;
}

/** The values that variables have, or had at the end. */
export function pastVariables(http: EngineHttp) {
  return {
    /** Variables of the instance itself, not those local to an element. Also works while the instance runs. */
    variables: async (processInstanceId: string): Promise<Record<string, unknown>> => {
      const rows = await http.request<readonly HistoricVariable[]>('GET', '/history/variable-instance', {
        query: { processInstanceId, deserializeValues: false },
      });
      const own = rows.filter((row) => row.activityInstanceId === processInstanceId);
      return Object.fromEntries(own.map((row) => [row.name, decodeValue(row)]));
    },
    /** One variable of several instances, by instance; those that have none are left out. */
    variableOf: async (
      variableName: string,
      processInstanceIdIn: readonly string[],
    ): Promise<ReadonlyMap<string, unknown>> => {
      const rows = await http.request<readonly (HistoricVariable & { readonly processInstanceId: string })[]>(
        'POST',
        '/history/variable-instance',
        {
          json: { variableName, processInstanceIdIn },
          query: { deserializeValues: false },
        },
      );
      const own = rows.filter(({ activityInstanceId, processInstanceId }) => activityInstanceId === processInstanceId);
      return new Map(own.map((row) => [row.processInstanceId, decodeValue(row)]));
    },
  };
}
