import type { EngineHttp } from '../http.ts';

export interface ProcessDefinition {
  readonly id: string;
  readonly key: string;
  readonly name: string | null;
  readonly version: number;
  readonly versionTag: string | null;
  readonly resource: string;
  readonly deploymentId: string;
  readonly suspended: boolean;
}

/** Process definitions and their versions. */
export function definitions(http: EngineHttp) {
  return {
    /** Every version of every process that came with a deployment. */
    definitionsOf: (deploymentId: string): Promise<readonly ProcessDefinition[]> =>
      http.request('GET', '/process-definition', { query: { deploymentId, sortBy: 'key', sortOrder: 'asc' } }),
    /** Deletes one version. @param cascade ends its running instances and forgets its history; without it the engine refuses while any runs */
    deleteDefinition: (id: string, cascade: boolean): Promise<void> =>
      http.request('DELETE', `/process-definition/${encodeURIComponent(id)}`, {
        query: { cascade, skipCustomListeners: true },
      }),
    /** Suspends one version, or lets it start again. @param includeProcessInstances the running instances as well */
    setSuspended: (id: string, suspended: boolean, includeProcessInstances: boolean): Promise<void> =>
      http.request('PUT', `/process-definition/${encodeURIComponent(id)}/suspended`, {
        json: { suspended, includeProcessInstances },
      }),
    /** Processes that are deployed, each counted once however many versions it has. */
    countProcesses: async (): Promise<number> =>
      (await http.request<{ count: number }>('GET', '/process-definition/count', { query: { latestVersion: true } }))
        .count,
    latestDefinitions: (): Promise<readonly ProcessDefinition[]> =>
      http.request('GET', '/process-definition', { query: { latestVersion: true, sortBy: 'key', sortOrder: 'asc' } }),
    /** The newest version of a key; `undefined` when nothing is deployed under it. */
    latestDefinition: async (key: string): Promise<ProcessDefinition | undefined> => {
      // Asked by query: a key with a slash cannot be part of a path.
      const [latest] = await http.request<readonly ProcessDefinition[]>('GET', '/process-definition', {
        query: { key, latestVersion: true, withoutTenantId: true },
      });
      return latest;
    },
    versions: (key: string): Promise<readonly ProcessDefinition[]> =>
      http.request('GET', '/process-definition', { query: { key, sortBy: 'version', sortOrder: 'desc' } }),
    definition: (id: string): Promise<ProcessDefinition> =>
      http.request('GET', `/process-definition/${encodeURIComponent(id)}`),
    definitionXml: async (id: string): Promise<string> => {
      const answer = await http.request<{ bpmn20Xml: string }>(
        'GET',
        `/process-definition/${encodeURIComponent(id)}/xml`,
      );
      return answer.bpmn20Xml;
    },
  };
}
