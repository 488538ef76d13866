import { type Static, Type } from 'typebox';
import { defineTaskContract } from '../task-contract.ts';

const TokenUsage = Type.Object(
  {
    prompt_tokens: Type.Integer({ description: 'Tokens of the question.' }),
    completion_tokens: Type.Integer({ description: 'Tokens of the answer.' }),
    total_tokens: Type.Integer({ description: 'Both together.' }),
  },
  { description: 'Tokens used, where the provider tells them.' },
);

const providerName = '`auto`, `openai`, `ollama` or `offline`.';

/** Source: implementation guide, part 2, §5.1. `ai_provider`, `context` and `system_prompt` as in the reference's AI worker. */
export const aiQuery = defineTaskContract({
  topic: 'ai_query',
  title: 'Ask an AI',
  description:
    'Asks one language model one question. Which one is given, was selected before, or is selected here (`auto`).',
  input: Type.Object({
    user_query: Type.String({ description: 'The question.' }),
    provider: Type.Optional(
      Type.String({
        description: `Who is asked: ${providerName} First of the three names that says something other than auto.`,
      }),
    ),
    ai_provider: Type.Optional(Type.String({ description: `The same as provider, second in order: ${providerName}` })),
    selected_provider: Type.Optional(
      Type.String({ description: 'What the task provider_selection chose; third in order.' }),
    ),
    model: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Name of the model. Without it, the model configured for the provider.',
      }),
    ),
    max_tokens: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'Longest answer, in tokens. Left out: AI_MAX_TOKENS of the AI worker.',
      }),
    ),
    complexity_score: Type.Optional(
      Type.Number({ default: 0, description: 'How complex the question is, from 0 to 1; used by auto.' }),
    ),
    system_prompt: Type.Optional(Type.String({ description: 'How the model is to behave.' })),
    context: Type.Optional(Type.Unknown({ description: 'Text or data to answer from; put before the question.' })),
  }),
  output: Type.Object({
    ai_response: Type.String({
      description: 'The answer. Untrusted text: never use it in an expression, URL or path unchecked.',
    }),
    model_used: Type.String({ description: 'The model that answered, as the provider names it.' }),
    provider: Type.String({
      description: 'Who was asked: `openai`, `ollama` or `offline`; offline means that no model was asked.',
    }),
    finish_reason: Type.String({ description: '`stop`: the model had finished; `length`: max_tokens was reached.' }),
    response_time_ms: Type.Integer({ description: 'How long the provider took, in milliseconds.' }),
    usage: Type.Optional(TokenUsage),
    done: Type.Optional(Type.Boolean({ description: 'Ollama: true.' })),
    total_duration: Type.Optional(Type.Integer({ description: 'Ollama: its own time, in nanoseconds.' })),
  }),
  bpmnErrors: [
    { code: 'AI_REFUSED', when: 'The model or the content filter of the provider refused to answer.' },
    { code: 'NO_PROVIDER', when: 'The provider was left to auto and none is configured and reachable.' },
  ],
});

export type AiQueryInput = Static<typeof aiQuery.input>;
export type AiQueryOutput = Static<typeof aiQuery.output>;
