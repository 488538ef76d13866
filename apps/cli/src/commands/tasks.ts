import type { Command } from 'commander';
import type { UserTaskView } from '@procos/contracts';
import type { Io } from '../io.ts';
import { formatTime } from '../output/format.ts';
import { report } from '../output/report.ts';
import { painter } from '../output/style.ts';
import { renderTable, type Row } from '../output/table.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

export function tasksCommand(io: Io): Command {
  return newGatewayCommand({
    usage: 'tasks',
    summary: 'List the tasks that wait for a person.',
    examples: [
      ['procos tasks', 'then answer one with procos complete'],
      ['procos tasks --json', 'the same for a program'],
    ],
  }).action(async (options: GatewayOptions) => {
    const { tasks } = await connect(io, options).get<{ tasks: UserTaskView[] }>('/v1/user-tasks');
    report(io, options, { tasks }, () => (tasks.length === 0 ? 'No task waits for a person.\n' : renderTasks(tasks, io)));
  });
}

function renderTasks(tasks: readonly UserTaskView[], io: Io): string {
  const rows = tasks.map(({ id, name, activityId, processKey, assignee, created, due }): Row => [
    id,
    name ?? activityId,
    processKey,
    assignee ?? '',
    formatTime(created),
    due === null || new Date(due) > new Date() ? formatTime(due) : { text: formatTime(due), tone: 'bad' },
  ]);
  const columns = [{ title: 'task', whole: true }, { title: 'name' }, { title: 'process' }, { title: 'for' }, { title: 'since' }, { title: 'due' }];
  return renderTable(columns, rows, { width: io.stdout.columns, paint: painter(io, io.stdout) });
}
