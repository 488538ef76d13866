import type { Command } from 'commander';
import { collect, readVariables, type VariableOptions } from '../input/variables.ts';
import type { Io } from '../io.ts';
import { report } from '../output/report.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

export function completeCommand(io: Io): Command {
  return newGatewayCommand({
    usage: 'complete <task>',
    summary: 'Complete a task that waits for a person, with the answer as variables.',
    examples: [['procos complete 9c1d2e3f-8a39-11f0-9d0c-0242ac120002 --var answer="Yes, go on"', 'an id as procos tasks prints it']],
  })
    .option('--var <name=value>', 'a variable, as often as needed: JSON if it reads as such, else text', collect)
    .option('--var-file <name=path>', 'a variable from a file: its text, or with name=@path the JSON in it', collect)
    .action(async (id: string, options: GatewayOptions & VariableOptions) => {
      const variables = readVariables(io, options);
      await connect(io, options).post(`/v1/user-tasks/${encodeURIComponent(id)}/complete`, { body: { variables } });
      report(io, options, { ok: true, taskId: id }, () => `✓ Task ${id} is complete; its instance goes on.\n`);
    });
}
