import { type ActivityRow, type EngineClient, isNotFound } from '@procos/engine-client';
import { type ErrorModel, errorModel, noModel, type OutcomeRow } from '@procos/instance-outcome';
import { holdsExpression, isProcessModelError, readProcessModel } from '@procos/process-model';
import type { TopicOf } from './activity-events.ts';

/** What the models of processes say of activities: which are tasks for workers, and what shows of errors. */
export interface TaskTopics {
  /** Reads the models that are not known yet. */
  learn(rows: readonly ActivityRow[]): Promise<void>;
  readonly topicOf: TopicOf;
  readonly modelOf: (row: OutcomeRow) => ErrorModel;
}

interface KnownModel {
  /** Topics by element. */
  readonly topics: ReadonlyMap<string, string>;
  readonly errors: ErrorModel;
}

/** Definitions remembered; the engine is asked again for one that was forgotten. */
const limit = 1_000;

export function createTaskTopics({ repository, history }: EngineClient): TaskTopics {
  const models = new Map<string, KnownModel>();
  /** Topics that an expression of the model has decided, by activity instance. */
  const decided = new Map<string, string>();
  const modelTopic = ({ processDefinitionId, activityId }: ActivityRow) =>
    models.get(processDefinitionId)?.topics.get(activityId);

  const learnModel = async (definitionId: string): Promise<void> => {
    const [oldest] = models.keys();
    if (models.size >= limit && oldest !== undefined) models.delete(oldest);
    models.set(definitionId, await modelOf(repository, definitionId));
  };
  const learnDecided = async (row: ActivityRow): Promise<void> => {
    const log = await history.taskLog({ processInstanceId: row.processInstanceId, creationLog: true });
    const [oldest] = decided.keys();
    if (decided.size >= limit && oldest !== undefined) decided.delete(oldest);
    for (const { activityInstanceId, topicName } of log) decided.set(activityInstanceId, topicName);
  };
  return {
    learn: async (rows) => {
      for (const id of new Set(rows.map(({ processDefinitionId }) => processDefinitionId)))
        if (!models.has(id)) await learnModel(id);
      for (const row of rows) if (isExpression(modelTopic(row)) && !decided.has(row.id)) await learnDecided(row);
    },
    topicOf: (row) => {
      const topic = modelTopic(row);
      return isExpression(topic) ? decided.get(row.id) : topic;
    },
    modelOf: ({ processDefinitionId }) => models.get(processDefinitionId)?.errors ?? noModel,
  };
}

/** A definition that was deleted, or that nobody can read, says nothing: its history is published all the same. */
async function modelOf(repository: EngineClient['repository'], definitionId: string): Promise<KnownModel> {
  try {
    const { processes } = await readProcessModel(await repository.definitionXml(definitionId));
    const topics = processes.flatMap(({ externalTasks }) => externalTasks);
    return {
      topics: new Map(topics.map(({ elementId, topic }) => [elementId, topic])),
      errors: errorModel(processes),
    };
  } catch (thrown) {
    if (isProcessModelError(thrown) || isNotFound(thrown)) return { topics: new Map(), errors: noModel };
    throw thrown;
  }
}

function isExpression(topic: string | undefined): boolean {
  return topic !== undefined && holdsExpression(topic);
}
