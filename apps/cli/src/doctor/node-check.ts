import process from 'node:process';
import type { Check } from './check.ts';

/** The first Node that runs TypeScript sources without a flag and without a warning. */
const oldestNode = [24, 12] as const;

export const checkNode: Check = async () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNewEnough = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  const detail = `${process.versions.node} at ${process.execPath}`;
  if (isNewEnough) return { check: 'Node', state: 'ok', detail };
  return {
    check: 'Node',
    state: 'problem',
    detail: `${detail} is too old`,
    remedy: 'Run npm ci, which installs the Node this repository pins, and start with npx procos.',
  };
};
