// The event bridge as a process of its own, between the engine and a real broker, and a consumer of all its events.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcosEvent } from '@procos/contracts';
import { createRabbitMqEventBus } from '@procos/event-bus';
import type { Connection } from '../worker/engine-session.ts';
import { endsWithUs } from '../worker/children.ts';

const MAIN = join(import.meta.dirname, '../../../apps/event-bridge/src/main.ts');
const PATIENCE_MS = 120_000;

/** Pause of the bridge between two readings, in milliseconds: its default. */
export const POLL_MS = 250;

/** @param at when it arrived, in milliseconds since 1970 */
type Listener = (event: ProcosEvent, at: number) => void;

/** A running bridge, and what comes of it. */
export type Bridge = Awaited<ReturnType<typeof openBridge>>;

export async function openBridge(engine: Connection, brokerUrl: string) {
  const folder = await mkdtemp(join(tmpdir(), 'procos-bench-events-'));
  const listeners = new Set<Listener>();
  const bus = createRabbitMqEventBus({
    url: brokerUrl,
    name: 'bench',
    onHandlerError: (thrown) => process.stderr.write(`${String(thrown)}\n`),
  });
  await bus.subscribe('#', async (event) => {
    const at = Date.now();
    for (const listener of listeners) listener(event, at);
  });
  const child = startBridge(engine, brokerUrl, folder);
  return {
    /** @returns ends it */
    listen: (listener: Listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Notes ends from now on. @returns waits until the end of each of them has arrived */
    untilArrived: (ids: () => Promise<readonly string[]>) => untilArrived(listeners, ids),
    rest: () => void child.kill('SIGSTOP'),
    wake: () => void child.kill('SIGCONT'),
    close: async () => {
      await killed(child);
      await bus.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function startBridge(engine: Connection, brokerUrl: string, folder: string): ChildProcess {
  const env = {
    ...process.env,
    CAMUNDA_URL: engine.baseUrl,
    PROCOS_ENGINE_USER: engine.user,
    PROCOS_ENGINE_PASSWORD: engine.password,
    RABBITMQ_URL: brokerUrl,
    PROCOS_EVENT_BRIDGE_PORT: '0',
    PROCOS_EVENT_CURSOR_FILE: join(folder, 'cursor.json'),
    PROCOS_EVENT_POLL_MS: String(POLL_MS),
    LOG_LEVEL: 'warn',
  };
  return endsWithUs(
    spawn(process.execPath, ['--conditions=@procos/source', MAIN], { env, stdio: ['ignore', 'ignore', 'inherit'] }),
  );
}

/** Also one that rests. */
async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGCONT');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Listens from now on: call it before the instances end. */
function untilArrived(listeners: Set<Listener>, expected: () => Promise<readonly string[]>): () => Promise<void> {
  const ended = new Set<string>();
  const listener: Listener = ({ type, subject }) => {
    if (subject !== undefined && /^process\.[^.]+\.(completed|terminated|failed)$/.test(type)) ended.add(subject);
  };
  listeners.add(listener);
  return async () => {
    const ids = await expected();
    const deadline = performance.now() + PATIENCE_MS;
    while (ids.some((id) => !ended.has(id))) {
      if (performance.now() > deadline)
        throw new Error(
          `The ends of ${ids.filter((id) => !ended.has(id)).length} instances have not arrived after ${PATIENCE_MS / 1000} s`,
        );
      await sleep(50);
    }
    listeners.delete(listener);
  };
}
