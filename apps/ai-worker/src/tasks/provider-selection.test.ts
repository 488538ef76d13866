import { describe, expect, it } from 'vitest';
import { ollamaTags } from '../testing/ollama-wire.ts';
import { createOllamaProvider } from '../providers/ollama-provider.ts';
import { fakeProvider, providersOf } from '../testing/fake-provider.ts';
import { runTask, thrownBy } from '../testing/run-task.ts';
import { answerJson, startWireServer } from '../testing/wire-server.ts';
import { providerSelectionTask } from './provider-selection.ts';

describe('the task provider_selection', () => {
  it('asks Ollama whether it is there and selects it', async () => {
    await using server = await startWireServer((_request, response) => answerJson(response, 200, ollamaTags));
    const ollama = createOllamaProvider({ url: server.url, model: 'llama2', timeoutMs: 1_000 });

    expect(await runTask(providerSelectionTask(providersOf(ollama)), { user_query: 'What is a process?' })).toEqual({
      selected_provider: 'ollama',
      selection_reason: 'Ollama answers.',
      selection_criteria: { query_length: 18, complexity_score: 0 },
    });
  });

  it('takes the complexity that the process gives', async () => {
    const task = providerSelectionTask(providersOf(fakeProvider('openai'), fakeProvider('ollama')));

    expect(await runTask(task, { user_query: 'Why?', complexity_score: 0.9 })).toMatchObject({
      selected_provider: 'openai',
    });
  });

  it('ends in NO_PROVIDER when there is none', async () => {
    expect(await thrownBy(runTask(providerSelectionTask(providersOf()), { user_query: 'Why?' }))).toMatchObject({
      name: 'BpmnError',
      code: 'NO_PROVIDER',
    });
  });
});
