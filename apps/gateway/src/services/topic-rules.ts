import { taskContracts } from '@procos/contracts';
import type { LintOptions } from '@procos/process-model';
import type { ServiceDirectory } from '@procos/service-directory';
import { askServices } from './ask-services.ts';

/** What the lint of models is to know about topics at this moment. */
export type TopicRules = () => Promise<Pick<LintOptions, 'knownTopics' | 'topicErrors' | 'allowedTopics'>>;

/** The errors of the topics that ProcOS itself serves; what others raise is not known. */
const topicErrors = new Map(taskContracts.map(({ topic, bpmnErrors }) => [topic, bpmnErrors]));

/** Running workers are asked at most this often, in milliseconds. */
const freshForMs = 3_000;

/**
 * Known are the topics of ProcOS itself and those that running workers, also of other makes, report as `topics` on their health check.
 *
 * @param allowedTopics the only ones that models may use. @default any
 */
export function createTopicRules(directory: ServiceDirectory, allowedTopics?: readonly string[]): TopicRules {
  let reported: { readonly at: number; readonly topics: Promise<readonly string[]> } | undefined;
  return async () => {
    if (reported === undefined || performance.now() - reported.at > freshForMs) {
      reported = { at: performance.now(), topics: reportedTopics(directory) };
    }
    const knownTopics = new Set([...taskContracts.map((contract) => contract.topic), ...(await reported.topics)]);
    return { knownTopics, topicErrors, ...(allowedTopics === undefined ? {} : { allowedTopics }) };
  };
}

async function reportedTopics(directory: ServiceDirectory): Promise<readonly string[]> {
  const services = await askServices(directory);
  return services.flatMap(({ details }) => {
    const { topics } = details;
    return Array.isArray(topics) ? topics.filter((topic) => typeof topic === 'string') : [];
  });
}
