import type { AwaitedTask, FormField } from '@procos/api-client';
import type { Look } from './instance-view.ts';
import { printable } from './style.ts';

/** The people for whom an instance waits: each task with its id, what it asks for, and the command that answers it. */
export function renderAwaited(tasks: readonly AwaitedTask[], { paint }: Pick<Look, 'paint'>): string {
  return tasks
    .map((task) => {
      const { id, name, activityId, assignee, form } = task;
      const whom = assignee === null ? 'a person' : printable(assignee);
      const fields = form.fields.map((field) => `  ${paint(printable(renderField(field)), 'dim')}\n`).join('');
      return `${paint('▶', 'warn')} waits for ${whom}: ${printable(name ?? activityId)}, task ${id}\n${fields}  → ${commandFor(task)}\n`;
    })
    .join('');
}

function renderField({ id, label, type, required, choices }: FormField): string {
  const kind = choices.length > 0 ? choices.map((choice) => choice.id).join(' | ') : type;
  return `${id}: ${label ?? ''}${label === null ? '' : ', '}${kind}${required ? ', required' : ''}`;
}

function commandFor({ id, form }: AwaitedTask): string {
  const given = form.fields.filter(({ readonly }) => !readonly).map((field) => ` --var ${printable(field.id)}=…`);
  return `npx procos complete ${id}${given.join('')}`;
}
