import type { RequestView } from '@procos/api-client';
import { renderPath, type Look } from './instance-view.ts';

/** The process that a user request called, and how far it has come. */
export function renderCalled({ instanceId, processKey, path, incidents }: RequestView, look: Look): string {
  if (instanceId === null) return `${processKey} has not been called yet.\n`;
  return `called ${look.paint(processKey, 'strong')} → npx procos show ${instanceId}\n${renderPath(path, incidents, look)}`;
}
