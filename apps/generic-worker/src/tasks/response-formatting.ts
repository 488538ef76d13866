import { responseFormatting } from '@procos/contracts';
import { defineTask, type TaskContext, type TaskDefinition } from '@procos/task-worker';
import { markdown } from '../formatting/markdown.ts';
import { plainText } from '../formatting/plain-text.ts';

export interface ResponseFormattingOptions {
  /** @default the system clock */
  readonly now?: () => Date;
}

/** Makes the final answer of a process: as JSON, plain text or Markdown, with or without metadata. */
export function responseFormattingTask({ now = () => new Date() }: ResponseFormattingOptions = {}): TaskDefinition {
  return defineTask(responseFormatting, async (input, context) => {
    const response = input.data ?? input.ai_response ?? null;
    const wantsMetadata = input.include_metadata === true || input.include_metadata === 'true';
    const metadata = wantsMetadata ? metadataOf(input, context, now()) : undefined;
    const parts = { response, ...(metadata === undefined ? {} : { metadata }) };
    if (input.format_type === 'text') return { formatted_response: plainText(parts) };
    if (input.format_type === 'markdown') return { formatted_response: markdown(parts, input.title) };
    return { formatted_response: parts };
  });
}

interface Told {
  readonly provider?: string;
  readonly selected_provider?: string;
  readonly model_used?: string;
  readonly usage?: unknown;
  readonly response_time_ms?: number;
}

/** When, where and by whom the answer was made; what is not known is left out. */
function metadataOf(input: Told, context: TaskContext, processedAt: Date): Record<string, unknown> {
  const known = {
    processed_at: processedAt.toISOString(),
    process_instance_id: context.processInstanceId,
    process_key: context.processDefinitionKey,
    business_key: context.businessKey ?? undefined,
    provider: input.provider ?? input.selected_provider,
    model_used: input.model_used,
    usage: input.usage,
    response_time_ms: input.response_time_ms,
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}
