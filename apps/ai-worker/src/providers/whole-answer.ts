import { TerminalError } from '@procos/errors';
import type { AiAnswer } from './ai-provider.ts';

export interface AnswerFacts {
  /** For people: `OpenAI`. */
  readonly provider: string;
  readonly maxTokens: number;
  /** The model has thought before it answered. */
  readonly hasThought: boolean;
  /** Names of tools that the model asked for, although none was offered. */
  readonly tools?: readonly string[];
}

/**
 * Lets through only what answers something. The rest was paid for and comes out the same when it is asked again.
 *
 * @throws TerminalError that says what to change
 */
export function withText(answer: AiAnswer, { provider, maxTokens, hasThought, tools = [] }: AnswerFacts): AiAnswer {
  if (answer.content.trim() !== '') return answer;
  if (tools.length > 0 || answer.finishReason === 'tool_calls' || answer.finishReason === 'function_call') {
    const named = tools.length === 0 ? '' : ` (${tools.join(', ').slice(0, 200)})`;
    throw new TerminalError(
      `${provider} gave no answer: the model ${answer.model} asked for a tool${named} instead, and none was offered`,
      {
        details: 'Ask another model (model of the task), or say in system_prompt that it must answer in text.',
      },
    );
  }
  if (answer.finishReason === 'length') {
    const spent = hasThought ? ', which the model used up by thinking' : '';
    throw new TerminalError(
      `${provider} gave no answer: max_tokens of ${maxTokens} was reached before its first word${spent}`,
      {
        details: `Give more max_tokens than ${maxTokens}${hasThought ? ', or ask a model that does not think first' : ''}.`,
      },
    );
  }
  throw new TerminalError(
    `${provider} gave no answer: the model ${answer.model} ended without a word (${answer.finishReason})`,
    {
      details: 'Ask in other words, or ask another model (model of the task).',
    },
  );
}
