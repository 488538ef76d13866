import { type ActivityRow, type EngineClient, isNotFound } from '@procos/engine-client';
import { isProcessModelError, readProcessModel } from '@procos/process-model';
import type { TopicOf } from './activity-events.ts';

/** Which activities are tasks for workers, by the models of their processes. */
export interface TaskTopics {
  /** Reads the models that are not known yet. */
  learn(rows: readonly ActivityRow[]): Promise<void>;
  readonly topicOf: TopicOf;
}

/** Definitions remembered; the engine is asked again for one that was forgotten. */
const limit = 1_000;

export function createTaskTopics({ repository, history }: EngineClient): TaskTopics {
  const models = new Map<string, ReadonlyMap<string, string>>();
  /** Topics that an expression of the model has decided, by activity instance. */
  const decided = new Map<string, string>();
  const modelTopic = ({ processDefinitionId, activityId }: ActivityRow) =>
    models.get(processDefinitionId)?.get(activityId);

  const learnModel = async (definitionId: string): Promise<void> => {
    const [oldest] = models.keys();
    if (models.size >= limit && oldest !== undefined) models.delete(oldest);
    models.set(definitionId, await topicsIn(repository, definitionId));
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
  };
}

/** By element. A definition that was deleted, or that nobody can read, has none: its history is told all the same. */
async function topicsIn(
  repository: EngineClient['repository'],
  definitionId: string,
): Promise<ReadonlyMap<string, string>> {
  try {
    const { processes } = await readProcessModel(await repository.definitionXml(definitionId));
    return new Map(
      processes.flatMap(({ externalTasks }) =>
        externalTasks.map(({ elementId, topic }) => [elementId, topic] as const),
      ),
    );
  } catch (thrown) {
    if (isProcessModelError(thrown) || isNotFound(thrown)) return new Map();
    throw thrown;
  }
}

function isExpression(topic: string | undefined): boolean {
  return topic !== undefined && /[$#]\{/.test(topic);
}
