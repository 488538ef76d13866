import type { Command } from 'commander';
import { isProcosError } from '@procos/errors';
import type { GatewayClient } from '../gateway-client.ts';
import { askForFields, asWritten } from '../input/answers.ts';
import { collect, readVariables, type VariableOptions, writtenVariables } from '../input/variables.ts';
import type { Io } from '../io.ts';
import { formatValue } from '../output/format.ts';
import { report } from '../output/report.ts';
import { printable } from '../output/style.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

type Variables = Readonly<Record<string, unknown>>;

interface Completed {
  readonly taskId: string;
  readonly variables: Variables;
}

export function completeCommand(io: Io): Command {
  return newGatewayCommand({
    usage: 'complete <task>',
    summary:
      'Complete a task that waits for a person, with the answer as variables. What its form asks for is asked for at a terminal, and checked.',
    examples: [
      ['procos complete 9c1d2e3f-8a39-11f0-9d0c-0242ac120002', 'asks field by field; an id as procos tasks prints it'],
      ['procos complete 9c1d2e3f-8a39-11f0-9d0c-0242ac120002 --var answer="Yes, go on"', 'answers without being asked'],
    ],
  })
    .option('--var <name=value>', 'a variable, as often as needed: JSON if it reads as such, else text', collect)
    .option('--var-file <name=path>', 'a variable from a file: its text, or with name=@path the JSON in it', collect)
    .action(async (id: string, options: GatewayOptions & VariableOptions) => {
      const given = readVariables(io, options);
      const { variables } = await completeTask(io, connect(io, options), {
        id,
        given,
        written: writtenVariables(options),
      });
      const byDefault = Object.fromEntries(Object.entries(variables).filter(([name]) => given[name] === undefined));
      report(
        io,
        options,
        { ok: true, taskId: id, variables },
        () => `✓ Task ${id} is complete; its instance goes on.\n${renderTaken(byDefault)}`,
      );
    });
}

interface Answer {
  readonly id: string;
  readonly given: Variables;
  readonly written: Readonly<Record<string, string>>;
}

/** At a terminal the form is asked for first; elsewhere it is looked at when the answer does not fit it. */
async function completeTask(io: Io, gateway: GatewayClient, { id, given, written }: Answer): Promise<Completed> {
  const send = (variables: Variables) => gateway.completeUserTask({ path: { id }, body: { variables } });
  const form = async () => (await gateway.getUserTask({ path: { id } })).form;
  if (io.question !== undefined)
    return send(await askForFields(io, { form: await form(), variables: given, written }, 'all'));
  try {
    return await send(given);
  } catch (error) {
    if (!isProcosError(error) || error.code !== 'PROCOS_GATEWAY_FORM') throw error;
    return send(asWritten({ form: await form(), variables: given, written }));
  }
}

function renderTaken(variables: Variables): string {
  return Object.entries(variables)
    .map(([name, value]) => `  ${printable(name)}: ${printable(formatValue(value))}\n`)
    .join('');
}
