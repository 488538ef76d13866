import type { Command } from 'commander';
import type { ParkedMessage } from '@procos/api-client';
import { errors } from '../errors.ts';
import type { Io } from '../io.ts';
import { plural } from '../output/format.ts';
import { report } from '../output/report.ts';
import { renderTable } from '../output/table.ts';
import { painter } from '../output/style.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

interface MessagesOptions extends GatewayOptions {
  readonly all?: boolean;
}

export function messagesCommand(io: Io): Command {
  return newGatewayCommand({
    usage: 'messages [action] [id]',
    summary:
      'List the messages and starts that could not be delivered to the engine; replay <id> or --all tries them again, discard <id> throws one away.',
    examples: [
      ['procos messages', 'each with its id and why it is kept'],
      ['procos messages replay 7a2b8c1e', 'try one again, for example once somebody waits for it'],
      ['procos messages replay --all', 'try all of them again'],
      ['procos messages discard 7a2b8c1e', 'throw one away for good'],
    ],
  })
    .option('--all', 'with replay: all of them')
    .action(async (action: string | undefined, id: string | undefined, options: MessagesOptions) => {
      if (action === undefined || action === 'list') return list(io, options);
      if (action === 'replay' && (id === undefined) === (options.all === true)) return replay(io, options, id);
      if (action === 'discard' && id !== undefined) return discard(io, options, id);
      throw errors.PROCOS_CLI_USAGE({
        problem: `messages cannot do this: ${[action, id].join(' ').trim()}`,
        advice: 'Write: npx procos messages [list | replay <id> | replay --all | discard <id>]',
      });
    });
}

async function list(io: Io, options: MessagesOptions): Promise<void> {
  const { messages } = await connect(io, options).listMessages();
  report(io, options, { messages }, () => render(messages, io));
}

async function replay(io: Io, options: MessagesOptions, id: string | undefined): Promise<void> {
  const gateway = connect(io, options);
  const answer = await (id === undefined ? gateway.replayMessages() : gateway.replayMessage({ path: { id } }));
  report(
    io,
    options,
    answer,
    () =>
      `✓ ${plural(answer.replayed, 'message')} tried again. What still cannot be delivered is kept again: npx procos messages\n`,
  );
}

async function discard(io: Io, options: MessagesOptions, id: string): Promise<void> {
  const answer = await connect(io, options).discardMessage({ path: { id } });
  report(io, options, answer, () => `✓ ${plural(answer.discarded, 'message')} thrown away.\n`);
}

const reasons: Readonly<Record<ParkedMessage['reason'], string>> = {
  rejected: 'refused',
  delivery_limit: 'tried too often',
};

function render(messages: readonly ParkedMessage[], io: Io): string {
  if (messages.length === 0) return '✓ Every message was delivered.\n';
  const columns = [
    { title: 'ID', whole: true },
    { title: 'TYPE' },
    { title: 'WHY' },
    { title: 'SENT' },
    { title: 'DATA' },
  ];
  const rows = messages.map(({ id, type, reason, problem, time = '', data, text = '' }) => [
    id,
    type === '' ? 'no event' : type,
    problem === undefined ? reasons[reason] : `${reasons[reason]}: ${problem}`,
    time,
    data === undefined ? text : JSON.stringify(data),
  ]);
  const table = renderTable(columns, rows, { width: io.stdout.columns, paint: painter(io, io.stdout) });
  return `${plural(messages.length, 'message')} could not be delivered\n\n${table}\n  → npx procos messages replay <id>\n`;
}
