import type { EngineHttp } from '../http.ts';
import type { DeploymentRecord, DeploymentRequest } from './deployments.ts';

/** What the newest deployment of a name and source holds. */
export function deployedResources(http: EngineHttp) {
  /** Name and path of each; `undefined` when there is no such deployment. */
  const newest = async ({ name, source }: Pick<DeploymentRequest, 'name' | 'source'>) => {
    const [latest] = await http.request<readonly DeploymentRecord[]>('GET', '/deployment', {
      query: { name, source, sortBy: 'deploymentTime', sortOrder: 'desc', maxResults: 1 },
    });
    if (latest === undefined) return undefined;
    const path = `/deployment/${encodeURIComponent(latest.id)}/resources`;
    const stored = await http.request<readonly { id: string; name: string }[]>('GET', path);
    return stored.map(({ id, name: file }) => ({ file, path: `${path}/${encodeURIComponent(id)}/data` }));
  };
  return {
    /** True when the newest deployment with this name and source holds exactly these resources. */
    isLatestOfSource: async ({ name, source, resources }: DeploymentRequest): Promise<boolean> => {
      const stored = await newest({ name, source });
      if (stored?.length !== Object.keys(resources).length) return false;
      const same = await Promise.all(
        stored.map(async ({ file, path }) => (await http.request<string>('GET', path)) === resources[file]),
      );
      return same.every(Boolean);
    },
    /** File name → text of the newest deployment with this name and source; empty when there is none. */
    latestResources: async (
      deployment: Pick<DeploymentRequest, 'name' | 'source'>,
    ): Promise<ReadonlyMap<string, string>> => {
      const stored = (await newest(deployment)) ?? [];
      return new Map(
        await Promise.all(
          stored.map(async ({ file, path }): Promise<[string, string]> => [file, await textOf(http, path)]),
        ),
      );
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
