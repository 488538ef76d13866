import { randomUUID } from 'node:crypto';
import type { EngineClient } from '@procos/engine-client';
import { deployer, type Deployer } from './process-driver-deployer.ts';
import { observer, type Observer } from './process-driver-observer.ts';
import { player, type Player } from './process-driver-player.ts';

/** Plays the workers, the people and the clock of a process, so that a test walks exactly one path of it. */
export interface ProcessDriver extends Deployer, Player, Observer {}

/** @param client connection to the engine of the test run; the driver does not close it */
export function createProcessDriver(client: EngineClient): ProcessDriver {
  return { ...deployer(client), ...player(client, `process-driver/${randomUUID()}`), ...observer(client) };
}
