import { once } from 'node:events';
import { createServer } from 'node:net';
import { defaultEnginePort } from '@procos/contracts';
import { appsToRun, defaultPorts } from '../system/app-names.ts';
import type { Check } from './check.ts';
import { isRunning } from './gateway-check.ts';

export const checkPorts: Check = async (context) => {
  const check = 'Ports';
  const ports = { engine: defaultEnginePort, ...defaultPorts };
  const wanted = (['engine', 'kernel', ...appsToRun(context.io.env)] as const).map((name) => ({
    name,
    port: ports[name] + context.portOffset,
  }));
  const free = await Promise.all(wanted.map(({ port }) => isFree(port)));
  const taken = wanted.filter((_, index) => free[index] === false);
  const all = wanted.map(({ port }) => port).join(', ');
  if (taken.length === 0) return { check, state: 'ok', detail: `free: ${all}` };
  const list = taken.map(({ name, port }) => `${port} (${name})`).join(', ');
  if (await isRunning(context)) return { check, state: 'ok', detail: `in use while ProcOS runs: ${list}` };
  return {
    check,
    state: 'problem',
    detail: `in use by another program: ${list}`,
    remedy: `End that program, or move ProcOS: npx procos up --port-offset ${context.portOffset + 100}`,
  };
};

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    const listening = once(server, 'listening');
    server.listen({ port, host: '127.0.0.1', exclusive: true });
    await listening;
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES'))
      return false;
    throw error;
  } finally {
    server.close();
  }
}
