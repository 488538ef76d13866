/**
 * Name of the queue for a topic pattern: `process.*.completed` → `procos.process.all.completed`.
 * Source: implementation guide, message broker.
 */
export function queueName(pattern: string): string {
  return `procos.${pattern.replaceAll('*', 'all').replaceAll('#', 'any')}`;
}
