import { nearestWord } from '@procos/errors';
import type { TaskDefinition } from './define-task.ts';

/** A worker was told to be what it is not. */
export class WorkerChoiceError extends Error {
  readonly code = 'PROCOS_WORKER_CHOICE';
  readonly status = 500;
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.name = 'WorkerChoiceError';
    this.remedy = remedy;
  }
}

interface Choice {
  readonly workerType: string;
  readonly tasks: readonly TaskDefinition[];
  readonly topics?: readonly string[] | undefined;
  readonly declaredType?: string | undefined;
}

const kinds = ['generic', 'ai', 'system'];

/** The tasks that a copy of a worker serves. @throws WorkerChoiceError */
export function chosenTasks({ workerType, tasks, topics, declaredType }: Choice): readonly TaskDefinition[] {
  const declared = declaredType
    ?.trim()
    .toLowerCase()
    .replace(/-worker$/, '');
  if (
    declared !== undefined &&
    kinds.includes(declared) &&
    `${declared}-worker` !== workerType &&
    kinds.some((kind) => workerType === `${kind}-worker`)
  ) {
    throw new WorkerChoiceError(
      `WORKER_TYPE is "${declaredType ?? ''}", and this is the ${workerType}`,
      `Start the ${declared}-worker, or remove WORKER_TYPE.`,
    );
  }
  if (topics === undefined || topics.length === 0) return tasks;
  const served = tasks.map(({ contract }) => contract.topic);
  for (const topic of topics) {
    if (served.includes(topic)) continue;
    const near = nearestWord(topic, served);
    const remedy = `${near === undefined ? '' : `Did you mean ${near}? `}WORKER_TOPICS takes: ${served.join(', ')}.`;
    throw new WorkerChoiceError(`The ${workerType} does not serve the topic "${topic}" of WORKER_TOPICS`, remedy);
  }
  return tasks.filter(({ contract }) => topics.includes(contract.topic));
}
