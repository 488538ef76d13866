import type { Command } from 'commander';
import type { RequestView } from '@procos/api-client';
import { exitCodes } from '../exit-codes.ts';
import { wholeNumber } from '../input/whole-number.ts';
import type { Io } from '../io.ts';
import { formatValue } from '../output/format.ts';
import { report } from '../output/report.ts';
import { renderResult } from '../output/result-view.ts';
import { painter, printableLines } from '../output/style.ts';
import { startRequest, waitForRequest } from '../user-request.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

interface AskOptions extends GatewayOptions {
  readonly provider: string;
  readonly maxTokens?: number;
  readonly user?: string;
  readonly timeout: number;
}

const askedProcess = 'ai_query_process';

export function askCommand(io: Io): Command {
  return newGatewayCommand({
    usage: 'ask <question>',
    summary: `Ask a question: runs ${askedProcess} and prints the answer.`,
    examples: [
      ['procos ask "What is a process?"', 'the provider is chosen by the process'],
      [
        'procos ask "What is BPMN?" --provider ollama --max-tokens 200 --json',
        'one provider, answer and path for a program',
      ],
    ],
  })
    .option('--provider <name>', 'auto, openai, ollama or offline', 'auto')
    .option('--max-tokens <count>', 'longest answer, in tokens', wholeNumber)
    .option('--user <id>', 'who asks')
    .option('--timeout <seconds>', 'how long to wait; 0 = without end', wholeNumber, 300)
    .action(async (question: string, options: AskOptions) => {
      const gateway = connect(io, options);
      const { requestId } = await startRequest(gateway, {
        process: askedProcess,
        variables: askedVariables(question, options),
      });
      const result = await waitForRequest(io, gateway, requestId, { timeoutSeconds: options.timeout });
      if (!result.ok) io.exitCode = exitCodes.failed;
      report(io, options, { answer: answerOf(result), ...result }, () =>
        result.ok ? renderAnswer(io, result) : renderResult(io, result),
      );
    });
}

function askedVariables(question: string, { provider, maxTokens, user }: AskOptions): Record<string, unknown> {
  return {
    user_query: question,
    ai_provider: provider,
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    ...(user === undefined ? {} : { user_id: user }),
  };
}

/** The answer as text: what the model said, else what the process made of it. */
function answerOf({ ok, variables }: RequestView): string | null {
  if (!ok) return null;
  return formatValue(variables['ai_response'] ?? variables['formatted_response'] ?? null);
}

function renderAnswer(io: Io, result: RequestView): string {
  const { provider, model_used: model } = result.variables;
  const source = [provider, model].filter((name) => typeof name === 'string').join(', ');
  const paint = painter(io, io.stdout);
  const footer = `${source === '' ? '' : `answered by ${source}; `}npx procos show ${result.instanceId ?? result.requestId}`;
  return `${printableLines(answerOf(result) ?? '')}\n\n${paint(printableLines(footer), 'dim')}\n`;
}
