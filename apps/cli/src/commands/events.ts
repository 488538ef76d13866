import type { Command } from 'commander';
import type { GatewayEvent } from '@procos/api-client';
import { messageOf } from '@procos/errors';
import { exitCodes } from '../exit-codes.ts';
import { wholeNumber } from '../input/whole-number.ts';
import type { Io } from '../io.ts';
import { formatTime, formatValue } from '../output/format.ts';
import { painter, printable, type Paint, type Tone } from '../output/style.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

interface EventsOptions extends GatewayOptions {
  readonly type?: string;
  readonly all?: boolean;
  readonly follow?: boolean;
  readonly for: number;
}

export function eventsCommand(io: Io): Command {
  return newGatewayCommand({
    usage: 'events',
    summary: 'Show what happens, as it happens. Stops after --for seconds unless told to --follow.',
    examples: [
      ['procos events --follow', 'until Ctrl-C'],
      [
        'procos events --type "process.ai_query_process.*" --for 60',
        '* stands for one word, # for any number of words',
      ],
      ['procos events --type "incident.#" --follow --json', 'one JSON document per line and event'],
    ],
  })
    .option('-t, --type <pattern>', 'only events of these types, for example "task.#"')
    .option('-a, --all', 'readings that repeat by themselves too, such as the counters of the kernel')
    .option('-f, --follow', 'go on until Ctrl-C; a lost connection is taken up again')
    .option('--for <seconds>', 'how long to listen without --follow', wholeNumber, 10)
    .action(async (options: EventsOptions) => {
      const interruption = io.interruption();
      const signal =
        options.follow === true
          ? interruption
          : AbortSignal.any([interruption, AbortSignal.timeout(options.for * 1000)]);
      const onReconnect = (reason: unknown): void =>
        io.stderr.write(`connection lost (${messageOf(reason)}), trying again\n`);
      const print = options.json === true ? JSON.stringify : renderWith(io);
      for await (const event of connect(io, options).followEvents({ type: options.type, signal, onReconnect })) {
        if (options.all === true || options.type !== undefined || !repeating.test(event.type))
          io.stdout.write(`${print(event)}\n`);
      }
      if (interruption.aborted) io.exitCode = exitCodes.interrupted;
    });
}

/** Told every few seconds, whether something happens or not. */
const repeating = /[._]snapshot$/;

function renderWith(io: Io): (event: GatewayEvent) => string {
  const paint = painter(io, io.stdout);
  return (event) => renderEvent(event, paint, io.stdout.columns);
}

/** Time, type and subject, then what the type and the subject have not said already. */
function renderEvent({ time, type, subject, data }: GatewayEvent, paint: Paint, columns: number | undefined): string {
  const head = `${formatTime(time)}  ${printable(type)}`;
  const inHead = new Set([subject, ...type.split('.')]);
  const facts = Object.entries(data).filter(
    ([, value]) => value !== null && !(typeof value === 'string' && inHead.has(value)),
  );
  const tail = printable(
    [subject ?? '', ...facts.map(([name, value]) => `${name}=${formatValue(value)}`)].join('  ').trim(),
  );
  const room = columns === undefined ? Infinity : Math.max(0, columns - head.length - 2);
  const shown = tail.length > room ? `${tail.slice(0, Math.max(0, room - 1))}…` : tail;
  return `${paint(head, toneOf(type))}  ${paint(shown, 'dim')}`.trimEnd();
}

function toneOf(type: string): Tone | undefined {
  if (/\.(?:failed|opened|terminated|unhealthy|bpmn_error|canceled)$/.test(type)) return 'bad';
  return /\.(?:completed|resolved)$/.test(type) ? 'good' : undefined;
}
