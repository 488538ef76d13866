import { taskContracts } from '@procos/contracts';
import type { LintOptions } from '@procos/process-model';
import type { ServedTopics } from './served-topics.ts';

/** What the lint of models is to know about topics at this moment. */
export type TopicRules = () => Promise<Pick<LintOptions, 'knownTopics' | 'topicErrors' | 'allowedTopics'>>;

/** The errors of the topics that ProcOS itself serves; what others raise is not known. */
const topicErrors = new Map(taskContracts.map(({ topic, bpmnErrors }) => [topic, bpmnErrors]));

/**
 * Known are the topics of ProcOS itself and those that running workers report.
 *
 * @param allowedTopics the only ones that models may use. @default any
 */
export function createTopicRules(servedTopics: ServedTopics, allowedTopics?: readonly string[]): TopicRules {
  return async () => {
    const knownTopics = new Set([...taskContracts.map((contract) => contract.topic), ...(await servedTopics())]);
    return { knownTopics, topicErrors, ...(allowedTopics === undefined ? {} : { allowedTopics }) };
  };
}
