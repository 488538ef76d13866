import type { ServiceName } from './services.mjs';

/**
 * The folder and the ports of a service that is started again and again: free ports the first time, and where somebody else
 * has one of them now.
 *
 * @throws ServiceStartError when somebody has a port that the state belongs to
 */
export function keptPlace(
  parent: string,
  name: ServiceName,
): Promise<{ readonly folder: string; readonly ports: readonly number[] }>;
