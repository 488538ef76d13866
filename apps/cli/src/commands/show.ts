import type { Command } from 'commander';
import type { InstanceView, OpenTask, RequestView } from '@procos/api-client';
import type { Io } from '../io.ts';
import { renderAwaited } from '../output/awaited-view.ts';
import { renderCalled } from '../output/called-view.ts';
import { renderFailure, renderIncidents, renderObstacles } from '../output/failure-view.ts';
import { renderHeadline, renderPath, renderVariables, type Look } from '../output/instance-view.ts';
import { report } from '../output/report.ts';
import { painter } from '../output/style.ts';
import { renderTable, type Row } from '../output/table.ts';
import { findRequest } from '../user-request.ts';
import { connect, newGatewayCommand, type GatewayOptions } from './command.ts';

export function showCommand(io: Io): Command {
  return newGatewayCommand({
    usage: 'show <id>',
    summary: 'Show one instance: the path of its token, its variables, what it waits for, its incidents.',
    examples: [
      ['procos show 5f0c1c1e-8a39-11f0-9d0c-0242ac120002', 'an id as procos ps and procos run print it'],
      ['procos show 5f0c1c1e-8a39-11f0-9d0c-0242ac120002 --json', 'the same for a program'],
    ],
  }).action(async (id: string, options: GatewayOptions) => {
    const gateway = connect(io, options);
    const instance = await gateway.getInstance({ path: { id } });
    const called = await findRequest(gateway, instance);
    const document = called === undefined ? instance : { ...instance, called };
    report(io, options, document, () =>
      renderInstance(instance, called, { width: io.stdout.columns, paint: painter(io, io.stdout) }),
    );
  });
}

function renderInstance(instance: InstanceView, called: RequestView | undefined, look: Look): string {
  const { parentId, path, variables, openTasks, userTasks, incidents, obstacles, error } = instance;
  const sections = [
    renderHeadline(instance, look) + (parentId === null ? '' : `called by ${parentId} → npx procos show ${parentId}\n`),
    ...(error === null ? [] : [renderFailure(error, look)]),
    renderPath(path, incidents, look),
    ...(called === undefined ? [] : [renderCalled(called, look)]),
    ...(Object.keys(variables).length === 0 ? [] : [renderVariables(variables, look)]),
    ...(userTasks.length === 0 ? [] : [renderAwaited(userTasks, look)]),
    ...(openTasks.length === 0 ? [] : [renderOpenTasks(openTasks, look)]),
    ...(obstacles.length === 0 ? [] : [renderObstacles(obstacles, look)]),
    ...(incidents.length === 0 ? [] : [renderIncidents(incidents, look)]),
  ];
  return sections.join('\n');
}

function renderOpenTasks(tasks: readonly OpenTask[], look: Look): string {
  const rows = tasks.map(
    ({ topic, activityId, workerId, retries, errorMessage }): Row => [
      topic,
      activityId,
      workerId ?? { text: 'waits for a worker', tone: 'warn' },
      retries === null ? '' : String(retries),
      errorMessage ?? '',
    ],
  );
  const columns = [
    { title: 'open task' },
    { title: 'element' },
    { title: 'worker' },
    { title: 'retries left', align: 'right' },
    { title: 'last error' },
  ] as const;
  return renderTable(columns, rows, look);
}
