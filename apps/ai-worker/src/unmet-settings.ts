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
  defaultProvider,
  offline,
}: Pick<Config<typeof aiWorkerFields>, 'strategy' | 'defaultProvider' | 'offline'>): readonly UnmetSetting[] {
  const unmet: UnmetSetting[] = [];
  if (strategy !== undefined && strategy !== 'hybrid')
    unmet.push({
      setting: `AI_STRATEGY=${strategy}`,
      remedy: 'There is one strategy, hybrid. Name the provider that is asked first with AI_DEFAULT_PROVIDER.',
    });
  if (defaultProvider === 'offline' && !offline)
    unmet.push({
      setting: 'AI_DEFAULT_PROVIDER=offline',
      remedy: 'Allow the offline answer as well: AI_OFFLINE=true.',
    });
  return unmet;
}
