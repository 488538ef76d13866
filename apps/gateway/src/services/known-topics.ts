import { taskContracts } from '@procos/contracts';
import type { ServiceDirectory } from '@procos/service-directory';
import { askServices } from './ask-services.ts';

/** The topics that somebody serves now or could serve: those of ProcOS itself, and those of every running worker. */
export type KnownTopics = () => Promise<ReadonlySet<string>>;

/** Running workers are asked at most this often, in milliseconds. */
const freshForMs = 3_000;

/** Workers of other makes are known by the `topics` they report on their health check. */
export function createKnownTopics(directory: ServiceDirectory): KnownTopics {
  let reported: { readonly at: number; readonly topics: Promise<readonly string[]> } | undefined;
  return async () => {
    if (reported === undefined || performance.now() - reported.at > freshForMs) {
      reported = { at: performance.now(), topics: reportedTopics(directory) };
    }
    return new Set([...taskContracts.map((contract) => contract.topic), ...(await reported.topics)]);
  };
}

async function reportedTopics(directory: ServiceDirectory): Promise<readonly string[]> {
  const services = await askServices(directory);
  return services.flatMap(({ details }) => {
    const { topics } = details;
    return Array.isArray(topics) ? topics.filter((topic) => typeof topic === 'string') : [];
  });
}
