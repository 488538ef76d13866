import { FormData } from 'undici';
import { checkDeployment, type DeploymentProblem, type DeploymentToCheck } from './deployment-check.ts';
import { isNotFound } from './engine-errors.ts';
import type { EngineHttp } from './http.ts';

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

export interface DeploymentRequest {
  readonly name: string;
  readonly source: string;
  /** File name → BPMN. */
  readonly resources: Readonly<Record<string, string>>;
  /** Deploy also what equals the newest deployment of this name and source. @default false */
  readonly evenIfUnchanged?: boolean;
  /** Keeps definitions apart from those of other tenants, also for the calls between them. @default no tenant */
  readonly tenantId?: string;
}

export interface Deployment {
  readonly id: string;
  readonly name: string;
  /** The definitions that are new; empty when every resource equals the deployed one. */
  readonly deployedProcessDefinitions: Readonly<Record<string, ProcessDefinition>> | null;
}

export interface DeploymentRecord {
  readonly id: string;
  readonly name: string;
  readonly source: string | null;
  readonly deploymentTime: string;
}

export type Repository = ReturnType<typeof repository>;

/** Deployments and process definitions. */
export function repository(http: EngineHttp) {
  return {
    /** Deploys; resources that equal those of the newest deployment of this name and source make no new version. */
    deploy: ({
      name,
      source,
      resources,
      tenantId,
      evenIfUnchanged = false,
    }: DeploymentRequest): Promise<Deployment> => {
      const form = new FormData();
      form.set('deployment-name', name);
      form.set('deployment-source', source);
      if (tenantId !== undefined) form.set('tenant-id', tenantId);
      form.set('enable-duplicate-filtering', String(!evenIfUnchanged));
      form.set('deploy-changed-only', String(!evenIfUnchanged));
      for (const [file, content] of Object.entries(resources)) {
        form.set(file, new Blob([content], { type: 'application/octet-stream' }), file);
      }
      return http.request('POST', '/deployment/create', { form });
    },
    /** What the engine would refuse a deployment for, told without making it; `undefined` when this engine has no such check. */
    checkDeployment: (deployment: DeploymentToCheck): Promise<readonly DeploymentProblem[] | undefined> =>
      checkDeployment(http, deployment),
    /** True when the newest deployment with this name and source holds exactly these resources. */
    isLatestOfSource: async ({ name, source, resources }: DeploymentRequest): Promise<boolean> => {
      const [latest] = await http.request<readonly DeploymentRecord[]>('GET', '/deployment', {
        query: { name, source, sortBy: 'deploymentTime', sortOrder: 'desc', maxResults: 1 },
      });
      if (latest === undefined) return false;
      const path = `/deployment/${encodeURIComponent(latest.id)}/resources`;
      const stored = await http.request<readonly { id: string; name: string }[]>('GET', path);
      if (stored.length !== Object.keys(resources).length) return false;
      const same = await Promise.all(
        stored.map(
          async ({ id, name: file }) =>
            (await http.request<string>('GET', `${path}/${encodeURIComponent(id)}/data`)) === resources[file],
        ),
      );
      return same.every(Boolean);
    },
    /** File name → text of the newest deployment with this name and source; empty when there is none. */
    latestResources: async ({
      name,
      source,
    }: Pick<DeploymentRequest, 'name' | 'source'>): Promise<ReadonlyMap<string, string>> => {
      const [latest] = await http.request<readonly DeploymentRecord[]>('GET', '/deployment', {
        query: { name, source, sortBy: 'deploymentTime', sortOrder: 'desc', maxResults: 1 },
      });
      if (latest === undefined) return new Map();
      const path = `/deployment/${encodeURIComponent(latest.id)}/resources`;
      const stored = await http.request<readonly { id: string; name: string }[]>('GET', path);
      return new Map(
        await Promise.all(
          stored.map(
            async ({ id, name: file }): Promise<[string, string]> => [
              file,
              await textOf(http, `${path}/${encodeURIComponent(id)}/data`),
            ],
          ),
        ),
      );
    },
    /** Newest first. */
    deployments: (page: { firstResult?: number; maxResults?: number } = {}): Promise<readonly DeploymentRecord[]> =>
      http.request('GET', '/deployment', {
        query: { sortBy: 'deploymentTime', sortOrder: 'desc', maxResults: 200, ...page },
      }),
    countDeployments: async (): Promise<number> =>
      (await http.request<{ count: number }>('GET', '/deployment/count')).count,
    /** `undefined` when there is no such deployment. */
    deployment: async (id: string): Promise<DeploymentRecord | undefined> => {
      try {
        return await http.request<DeploymentRecord>('GET', `/deployment/${encodeURIComponent(id)}`);
      } catch (thrown) {
        if (isNotFound(thrown)) return undefined;
        throw thrown;
      }
    },
    /** Those made after a moment, oldest first. */
    deploymentsAfter: (after: string, maxResults: number): Promise<readonly DeploymentRecord[]> =>
      http.request('GET', '/deployment', { query: { after, sortBy: 'deploymentTime', sortOrder: 'asc', maxResults } }),
    /** @param cascade ends running instances and forgets their history; without it the engine refuses while any runs. @default true */
    deleteDeployment: (id: string, cascade = true): Promise<void> =>
      http.request('DELETE', `/deployment/${encodeURIComponent(id)}`, {
        query: { cascade, skipCustomListeners: true },
      }),
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

/** As it is stored, also when the engine calls it JSON. */
async function textOf(http: EngineHttp, path: string): Promise<string> {
  const { body } = await http.download(path);
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}
