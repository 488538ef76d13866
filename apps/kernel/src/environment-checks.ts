import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { engineChecks, type EnvironmentCheck } from '@procos/engine-process';
import type { EventBus } from '@procos/event-bus';
import type { KernelParts } from './kernel-parts.ts';
import { rootProcessFiles } from './root-processes.ts';

/** The four checks of a start, in its order. Source: implementation guide, start-up scenario, phase 1. */
export async function environmentChecks({ config, eventBus }: KernelParts): Promise<readonly EnvironmentCheck[]> {
  return [...engineChecks(config), await brokerCheck(eventBus), definitionsCheck(resolve(config.processDirectory))];
}

/** A broker that is away stops no boot: the bus connects whenever it comes, and only events wait for it. */
async function brokerCheck(eventBus: EventBus): Promise<EnvironmentCheck> {
  const name = 'Message Broker';
  // The bus has just begun to connect: a broker that is there answers within a second.
  for (let i = 0; i < 20 && eventBus.awayBecause() !== undefined; i++) await delay(50);
  const [broker, away] = [eventBus.broker(), eventBus.awayBecause()];
  if (broker === undefined) return { name, detail: 'none needed: events stay in this process' };
  if (away !== undefined) return { name, detail: `RabbitMQ at ${broker.url} is away (${away}); events wait for it` };
  return { name, detail: `RabbitMQ ${broker.version ?? ''} at ${broker.url}` };
}

function definitionsCheck(folder: string): EnvironmentCheck {
  const name = 'Process Definitions';
  const count = existsSync(folder) ? rootProcessFiles(folder).length : undefined;
  if (count) return { name, detail: `${count} in ${folder}` };
  const fault =
    count === 0 ? `There is no .bpmn file in ${folder}` : `The folder of root processes does not exist: ${folder}`;
  return { name, detail: 'missing', faults: [`${fault} (PROCESS_DEPLOYMENT_PATH)`] };
}
