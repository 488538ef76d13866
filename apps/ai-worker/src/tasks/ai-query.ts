import { aiQuery, type AiQueryInput, type AiQueryOutput } from '@procos/contracts';
import { TerminalError } from '@procos/errors';
import { defineTask, type TaskContext, type TaskDefinition } from '@procos/task-worker';
import { withSpan } from '@procos/telemetry';
import type { PublishAsked } from '../ai-events.ts';
import type { AnswerCache } from '../answer-cache.ts';
import type { AiAnswer, AiProvider, AiProviders } from '../providers/ai-provider.ts';
import { type ProviderPreference, selectProvider } from '../select-provider.ts';

export interface AiQueryOptions {
  readonly providers: AiProviders;
  /** @default the order of the implementation guide */
  readonly preference?: ProviderPreference;
  readonly temperature: number;
  /** Longest answer in tokens when a task names none. */
  readonly maxTokens: number;
  readonly answers: AnswerCache<AiQueryOutput>;
  /** Publishes how each question has ended. */
  readonly publish: PublishAsked;
}

/** Topic `ai_query`: asks one model one question. */
export function aiQueryTask(options: AiQueryOptions): TaskDefinition {
  const { answers } = options;
  return defineTask(aiQuery, async (input, context) => {
    const { lease, logger } = context;
    if (input.user_query.trim() === '') throw new TerminalError('Missing required parameter: user_query');
    const known = answers.get(lease.idempotencyKey, input);
    if (known !== undefined) {
      logger.info('ai_answer_reused', { provider: known.provider, attempt: lease.attempt });
      return known;
    }
    const provider = await chosenProvider(input, options, lease.signal);
    const output = await ask(provider, input, options, context);
    answers.set(lease.idempotencyKey, input, output);
    return output;
  });
}

async function chosenProvider(
  input: AiQueryInput,
  { providers, preference }: AiQueryOptions,
  signal: AbortSignal,
): Promise<AiProvider> {
  const named = [input.provider, input.ai_provider, input.selected_provider].find(
    (name) => name !== undefined && name !== '' && name !== 'auto',
  );
  const name =
    named ??
    (
      await selectProvider(input.user_query, input.complexity_score ?? 0, {
        providers,
        preference,
        signal,
        model: input.model,
      })
    ).selected_provider;
  const provider = providers.get(name);
  if (provider !== undefined) return provider;
  const known = [...providers.keys()].join(', ');
  throw new TerminalError(`Unsupported AI provider: ${name}`, {
    details: `This worker can ask: ${known}, or auto.${name === 'offline' ? ' The offline answer is allowed with AI_OFFLINE=true.' : ''}`,
  });
}

async function ask(
  provider: AiProvider,
  input: AiQueryInput,
  { temperature, maxTokens, publish }: AiQueryOptions,
  task: TaskContext,
): Promise<AiQueryOutput> {
  const { lease, logger } = task;
  const { user_query, system_prompt, context, model, max_tokens = maxTokens } = input;
  const request = {
    query: user_query,
    systemPrompt: system_prompt,
    context: textOf(context),
    model,
    maxTokens: max_tokens,
    temperature,
  };
  const started = performance.now();
  const attributes = { 'procos.service.name': provider.name, 'procos.service.operation': 'complete' };
  const durationOf = () => Math.round(performance.now() - started);
  const complete = async () => {
    try {
      return await provider.complete(request, lease.signal);
    } catch (thrown) {
      publish({ provider: provider.name, durationMs: durationOf(), thrown }, task);
      throw thrown;
    }
  };
  const answer = await withSpan(`service_call:${provider.name}`, { kind: 'client', attributes }, complete);
  const durationMs = durationOf();
  publish({ provider: provider.name, durationMs, answer }, task);
  logger.info('ai_answered', {
    provider: provider.name,
    model: answer.model,
    duration_ms: durationMs,
    ...answer.usage,
  });
  return outputOf(provider.name, answer, durationMs);
}

function textOf(context: unknown): string | undefined {
  return context === undefined || typeof context === 'string' ? context : JSON.stringify(context);
}

function outputOf(provider: string, answer: AiAnswer, durationMs: number): AiQueryOutput {
  const { content, model, finishReason, usage, totalDurationNs } = answer;
  return {
    ai_response: content,
    model_used: model,
    provider,
    finish_reason: finishReason,
    response_time_ms: durationMs,
    ...(usage === undefined ? {} : { usage }),
    // `done` and `total_duration` are outputs of Ollama alone, whose adapter accepts only answers that are done.
    ...(totalDurationNs === undefined ? {} : { done: true, total_duration: totalDurationNs }),
  };
}
