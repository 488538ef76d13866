import type { Check } from './check.ts';
import { checkDataFolder } from './data-folder-check.ts';
import { checkEngineCache, checkJava, checkMaven } from './engine-checks.ts';
import { checkGateway } from './gateway-check.ts';
import { checkNode } from './node-check.ts';
import { checkPorts } from './ports-check.ts';

/** Every check, in the order in which a start would stumble. */
export const checks: readonly Check[] = [
  checkNode,
  checkJava,
  checkMaven,
  checkEngineCache,
  checkDataFolder,
  checkPorts,
  checkGateway,
];
