// The event bridge as a process of its own, between the engine and a real broker, and a consumer of all its events.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRabbitMqEventBus } from '@procos/event-bus';
import { endsWithUs } from '../worker/children.mjs';

const MAIN = join(import.meta.dirname, '../../../apps/event-bridge/src/main.ts');
const PATIENCE_MS = 120_000;

/** Pause of the bridge between two readings, in milliseconds: its default. */
export const POLL_MS = 250;

/**
 * @param {{baseUrl: string, user: string, password: string}} engine
 * @param {string} brokerUrl
 */
export async function openBridge(engine, brokerUrl) {
  const folder = await mkdtemp(join(tmpdir(), 'procos-bench-events-'));
  const listeners = new Set();
  const bus = createRabbitMqEventBus({
    url: brokerUrl,
    name: 'bench',
    onHandlerError: (error) => process.stderr.write(`${error.stack}\n`),
  });
  await bus.subscribe('#', (event) => {
    const at = Date.now();
    for (const listener of listeners) listener(event, at);
  });
  const child = startBridge(engine, brokerUrl, folder);
  return {
    /** @param {(event: {type: string, subject?: string, time: string}, at: number) => void} listener @returns ends it */
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Notes ends from now on. @param {() => Promise<string[]>} ids @returns waits until the end of each of them has arrived */
    untilTold: (ids) => untilTold(listeners, ids),
    rest: () => child.kill('SIGSTOP'),
    wake: () => child.kill('SIGCONT'),
    close: async () => {
      await killed(child);
      await bus.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function startBridge(engine, brokerUrl, folder) {
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
async function killed(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGCONT');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Listens from now on: call it before the instances end. */
function untilTold(listeners, expected) {
  const ended = new Set();
  const listener = ({ type, subject }) => {
    if (/^process\.[^.]+\.(completed|terminated|failed)$/.test(type)) ended.add(subject);
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
