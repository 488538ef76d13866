import { providerSelection } from '@procos/contracts';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import type { AiProviders } from '../providers/ai-provider.ts';
import { type ProviderPreference, selectProvider } from '../select-provider.ts';

/** Topic `provider_selection`: chooses who is asked, and says why. */
export function providerSelectionTask(providers: AiProviders, preference?: ProviderPreference): TaskDefinition {
  return defineTask(providerSelection, async ({ user_query, complexity_score = 0 }, { lease, logger }) => {
    const options = { providers, preference, signal: lease.signal };
    const selection = await selectProvider(user_query, complexity_score, options);
    logger.info('ai_provider_selected', { provider: selection.selected_provider, reason: selection.selection_reason });
    return selection;
  });
}
