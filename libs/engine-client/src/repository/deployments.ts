import { FormData } from 'undici';
import { checkDeployment, type DeploymentProblem, type DeploymentToCheck } from '../deployment-check.ts';
import { unlessNotFound } from '../engine-errors.ts';
import { countAt, type EngineHttp } from '../http.ts';
import type { ProcessDefinition } from './definitions.ts';

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

/** Deployments: making, finding and deleting them. */
export function deployments(http: EngineHttp) {
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
    /** Newest first. */
    deployments: (page: { firstResult?: number; maxResults?: number } = {}): Promise<readonly DeploymentRecord[]> =>
      http.request('GET', '/deployment', {
        query: { sortBy: 'deploymentTime', sortOrder: 'desc', maxResults: 200, ...page },
      }),
    countDeployments: (): Promise<number> => countAt(http, '/deployment/count'),
    /** `undefined` when there is no such deployment. */
    deployment: (id: string): Promise<DeploymentRecord | undefined> =>
      unlessNotFound(http.request<DeploymentRecord>('GET', `/deployment/${encodeURIComponent(id)}`)),
    /** Those made after a moment, oldest first. */
    deploymentsAfter: (after: string, maxResults: number): Promise<readonly DeploymentRecord[]> =>
      http.request('GET', '/deployment', { query: { after, sortBy: 'deploymentTime', sortOrder: 'asc', maxResults } }),
    /** @param cascade ends running instances and forgets their history; without it the engine refuses while any runs. @default true */
    deleteDeployment: (id: string, cascade = true): Promise<void> =>
      http.request('DELETE', `/deployment/${encodeURIComponent(id)}`, {
        query: { cascade, skipCustomListeners: true },
      }),
  };
}
