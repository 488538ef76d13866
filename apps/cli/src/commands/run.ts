import type { Command } from 'commander';
import type { RequestAccepted } from '@procos/api-client';
import { modelKind } from '@procos/process-model/model-kind';
import { errors } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { GatewayClient } from '../gateway-client.ts';
import { readModelFiles } from '../input/model-files.ts';
import { collect, readVariables, type VariableOptions, writtenVariables } from '../input/variables.ts';
import { wholeNumber } from '../input/whole-number.ts';
import type { Io } from '../io.ts';
import { report } from '../output/report.ts';
import { renderResult } from '../output/result-view.ts';
import { startAsked, waitForRequest } from '../user-request.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';
import { deployModels } from './deploy.ts';

interface RunOptions extends GatewayOptions, VariableOptions {
  readonly wait?: boolean;
  readonly timeout: number;
  readonly businessKey?: string;
  readonly process?: string;
}

export function runCommand(io: Io): Command {
  return newGatewayCommand({
    usage: 'run <key-or-file>',
    summary: 'Run a process by its key, or deploy a .bpmn file and run it.',
    examples: [
      [
        'procos run ai_query_process --var user_query="What is a process?" --wait',
        'wait for the end; exits with 1 when it fails',
      ],
      ['procos run my_process.bpmn --var amount=12.5 --var \'order={"items": 3}\'', 'numbers and JSON keep their type'],
      [
        'procos run import --var-file text=letter.txt --var-file order=@order.json',
        'the text of a file, the JSON in a file',
      ],
    ],
  })
    .option('--var <name=value>', 'a variable, as often as needed: JSON if it reads as such, else text', collect)
    .option('--var-file <name=path>', 'a variable from a file: its text, or with name=@path the JSON in it', collect)
    .option('--business-key <key>', 'your own name for the request')
    .option('--process <key>', 'which process of a file with several')
    .option('-w, --wait', 'wait for the end and print the result')
    .option('--timeout <seconds>', 'how long to wait; 0 = without end', wholeNumber, 300)
    .action(async (target: string, options: RunOptions) => {
      const variables = readVariables(io, options);
      const gateway = connect(io, options);
      const process =
        modelKind(target, '') === 'bpmn' ? await deployAndChoose(io, gateway, target, options.process) : target;
      const accepted = await startAsked(
        io,
        gateway,
        { process, variables, businessKey: options.businessKey },
        writtenVariables(options),
      );
      if (options.wait === true) await waitAndReport(io, gateway, accepted, options);
      else report(io, options, { ok: true, process, ...accepted }, () => renderAccepted(process, accepted));
    });
}

async function deployAndChoose(
  io: Io,
  gateway: GatewayClient,
  file: string,
  chosen: string | undefined,
): Promise<string> {
  const { definitions } = await deployModels(gateway, readModelFiles(io, [file]).files);
  const keys = definitions.map(({ key }) => key);
  if (chosen !== undefined && keys.includes(chosen)) return chosen;
  const [key] = keys;
  if (chosen === undefined && key !== undefined && keys.length === 1) return key;
  throw errors.PROCOS_CLI_WHICH_PROCESS({ file, keys: keys.join(', '), example: key ?? 'key' });
}

async function waitAndReport(
  io: Io,
  gateway: GatewayClient,
  { requestId }: RequestAccepted,
  options: RunOptions,
): Promise<void> {
  const result = await waitForRequest(io, gateway, requestId, { timeoutSeconds: options.timeout });
  if (!result.ok) io.exitCode = exitCodes.failed;
  report(io, options, result, () => renderResult(io, result));
}

function renderAccepted(process: string, { requestId }: RequestAccepted): string {
  return `✓ ${process} runs as request ${requestId}\n  → npx procos show ${requestId}\n`;
}
