import { countAt, type EngineHttp } from '../http.ts';
import { encodeVariables, type Variables } from '../variables.ts';

export interface StartRequest {
  readonly variables?: Variables;
  readonly businessKey?: string;
  /** Start this tenant's version. @default that of no tenant */
  readonly tenantId?: string;
}

export interface StartedInstance {
  readonly id: string;
  readonly definitionId: string;
  readonly businessKey: string | null;
}

/** Running instances: their start, number and end. */
export function processInstances(http: EngineHttp) {
  const start = (definition: string, { variables = {}, businessKey }: StartRequest): Promise<StartedInstance> =>
    http.request('POST', `${definition}/start`, {
      json: { variables: encodeVariables(variables), ...(businessKey === undefined ? {} : { businessKey }) },
    });
  return {
    /** Starts the newest version. */
    startByKey: (key: string, request: StartRequest = {}) => {
      const tenant = request.tenantId === undefined ? '' : `/tenant-id/${encodeURIComponent(request.tenantId)}`;
      return start(`/process-definition/key/${encodeURIComponent(key)}${tenant}`, request);
    },
    /** Starts one given version. */
    startById: (definitionId: string, request: StartRequest = {}) =>
      start(`/process-definition/${encodeURIComponent(definitionId)}`, request),
    instances: (query: {
      processDefinitionKey?: string;
      businessKey?: string;
    }): Promise<readonly { id: string; definitionId: string; businessKey: string | null }[]> =>
      http.request('GET', '/process-instance', { query: { ...query, active: true } }),
    /** Ends an instance and the instances it calls; its history keeps the reason. */
    deleteInstance: (id: string, reason: string): Promise<void> =>
      http.request('POST', '/process-instance/delete', {
        json: { processInstanceIds: [id], deleteReason: reason, skipCustomListeners: true, skipSubprocesses: false },
      }),
    terminateInstance: (id: string): Promise<void> =>
      http.request('DELETE', `/process-instance/${encodeURIComponent(id)}`, { query: { skipSubprocesses: false } }),
    /** Number of running instances, called ones included. */
    countInstances: (
      query: { processDefinitionKey?: string; processDefinitionId?: string; deploymentId?: string } = {},
    ): Promise<number> => countAt(http, '/process-instance/count', query),
  };
}
