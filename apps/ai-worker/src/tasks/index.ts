import type { Config } from '@procos/config';
import type { TaskDefinition } from '@procos/task-worker';
import type { PublishAsked } from '../ai-events.ts';
import { createAnswerCache } from '../answer-cache.ts';
import type { aiWorkerFields } from '../config.ts';
import type { PullStateOf } from '../providers/ollama-pull.ts';
import { createProviders } from '../providers/index.ts';
import { aiQueryTask } from './ai-query.ts';
import { providerSelectionTask } from './provider-selection.ts';

/** Every topic of this worker. Adding one: a file beside this one, its test, and its line here. */
export function aiTasks(
  config: Config<typeof aiWorkerFields>,
  publish: PublishAsked,
  pullStateOf?: PullStateOf,
): readonly TaskDefinition[] {
  const providers = createProviders(config, pullStateOf);
  const { temperature, maxTokens } = config;
  const preference = { defaultProvider: config.defaultProvider, fallback: config.fallback };
  return [
    aiQueryTask({ providers, preference, temperature, maxTokens, answers: createAnswerCache(), publish }),
    providerSelectionTask(providers, preference),
  ];
}
