import type { ServiceDirectory } from '@procos/service-directory';
import { askServices } from './ask-services.ts';

/** Topics that running workers, also of other makes, report as `topics` on their health check. */
export type ServedTopics = () => Promise<ReadonlySet<string>>;

/** Running workers are asked at most this often, in milliseconds. */
const freshForMs = 3_000;

export function createServedTopics(directory: ServiceDirectory): ServedTopics {
  let reported: { readonly at: number; readonly topics: Promise<ReadonlySet<string>> } | undefined;
  return () => {
    if (reported === undefined || performance.now() - reported.at > freshForMs)
      reported = { at: performance.now(), topics: reportedTopics(directory) };
    return reported.topics;
  };
}

async function reportedTopics(directory: ServiceDirectory): Promise<ReadonlySet<string>> {
  const { services } = await askServices(directory);
  return new Set(
    services.flatMap(({ details: { topics } }) =>
      Array.isArray(topics) ? topics.filter((topic) => typeof topic === 'string') : [],
    ),
  );
}
