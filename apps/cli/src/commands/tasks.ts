import type { Command } from 'commander';
import type { UserTaskView } from '@procos/api-client';
import type { Io } from '../io.ts';
import { formatTime } from '../output/format.ts';
import { pageOf, pageOptions, type PageOptions } from '../input/pages.ts';
import { moreHint } from '../output/more-hint.ts';
import { report } from '../output/report.ts';
import { painter } from '../output/style.ts';
import { renderTable, type Row } from '../output/table.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

export function tasksCommand(io: Io): Command {
  const command = newGatewayCommand({
    usage: 'tasks',
    summary: 'List the tasks that wait for a person.',
    examples: [
      ['procos tasks', 'then answer one with procos complete'],
      ['procos tasks --json', 'the same for a program'],
    ],
  });
  return pageOptions(command).action(async (options: GatewayOptions & PageOptions) => {
    const { items: tasks, total } = await pageOf(connect(io, options).lists.listUserTasks(), options);
    report(io, options, { tasks, total }, () =>
      total === 0
        ? 'No task waits for a person.\n'
        : renderTasks(tasks, io) + moreHint('procos tasks', options, tasks.length, total),
    );
  });
}

function renderTasks(tasks: readonly UserTaskView[], io: Io): string {
  const rows = tasks.map(
    ({ id, name, activityId, processKey, assignee, created, due }): Row => [
      id,
      name ?? activityId,
      processKey,
      assignee ?? '',
      formatTime(created),
      due === null || new Date(due) > new Date() ? formatTime(due) : { text: formatTime(due), tone: 'bad' },
    ],
  );
  const columns = [
    { title: 'task', whole: true },
    { title: 'name' },
    { title: 'process', whole: true },
    { title: 'for', optional: true },
    { title: 'since', optional: true },
    { title: 'due', optional: true },
  ];
  return renderTable(columns, rows, { width: io.stdout.columns, paint: painter(io, io.stdout) });
}
