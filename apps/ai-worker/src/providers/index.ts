import type { Config } from '@procos/config';
import type { aiWorkerFields } from '../config.ts';
import type { AiProviders } from './ai-provider.ts';
import { offlineProvider } from './offline-provider.ts';
import { createOllamaProvider } from './ollama-provider.ts';
import type { PullStateOf } from './ollama-pull.ts';
import { createOpenaiProvider } from './openai-provider.ts';

/** Every provider that the configuration allows. Adding one: a file beside this one, its test, its line here, its place in the order of choice. */
export function createProviders(config: Config<typeof aiWorkerFields>, pullStateOf?: PullStateOf): AiProviders {
  const providers = [
    createOpenaiProvider({
      apiKey: config.openaiApiKey,
      baseUrl: config.openaiBaseUrl,
      model: config.openaiModel,
      timeoutMs: config.openaiTimeoutMs,
      maxBytes: config.maxBytes,
    }),
    createOllamaProvider({
      url: config.ollamaUrl,
      model: config.ollamaModel,
      timeoutMs: config.ollamaTimeoutMs,
      maxBytes: config.maxBytes,
      pullStateOf,
    }),
    ...(config.offline ? [offlineProvider] : []),
  ];
  return new Map(providers.map((provider) => [provider.name, provider]));
}
