import type { Config } from '@procos/config';
import type { aiWorkerFields } from './config.ts';

/** A setting of the reference that is taken and has no effect (yet): what to use in its place. */
export interface UnmetSetting {
  readonly setting: string;
  readonly remedy: string;
}

/** Settings that were given and cannot be honoured: told at the start, because silence would pass for consent. */
export function unmetSettings({
  strategy,
  pullModel,
  defaultProvider,
  offline,
  ollamaModel,
}: Pick<
  Config<typeof aiWorkerFields>,
  'strategy' | 'pullModel' | 'defaultProvider' | 'offline' | 'ollamaModel'
>): readonly UnmetSetting[] {
  const unmet: UnmetSetting[] = [];
  if (strategy !== undefined && strategy !== 'hybrid')
    unmet.push({
      setting: `AI_STRATEGY=${strategy}`,
      remedy: 'There is one strategy, hybrid. Name the provider that is asked first with AI_DEFAULT_PROVIDER.',
    });
  if (pullModel !== undefined && !/^(?:false|0|no|off)$/i.test(pullModel))
    unmet.push({
      setting: `OLLAMA_PULL_MODEL=${pullModel}`,
      remedy: `Models are not pulled by ProcOS: run "ollama pull ${ollamaModel}" where Ollama runs.`,
    });
  if (defaultProvider === 'offline' && !offline)
    unmet.push({
      setting: 'AI_DEFAULT_PROVIDER=offline',
      remedy: 'Allow the offline answer as well: AI_OFFLINE=true.',
    });
  return unmet;
}
