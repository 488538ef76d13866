import { type AddressInfo, createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownerOf } from './port-owner.ts';
import { ServiceStartError } from './service-error.ts';

const GRACE_MS = 2_000;
/**
 * From 32768 on Linux gives ports to outgoing connections (`net.ipv4.ip_local_port_range`), and one may have the port of a
 * server that is just being restarted. Below 20000 are the ports of whole systems in end-to-end tests.
 */
const [LOWEST, END] = [20_000, 32_768];
/**
 * Ports of one process lie in a block of its own, one after the other: a server that is away for some seconds keeps its
 * port free, and nobody who starts servers meanwhile, in this process or beside it, takes it for one that nobody wants.
 */
const BLOCK = 64;
const BLOCKS = Math.floor((END - LOWEST) / BLOCK);
let next = (process.pid % BLOCKS) * BLOCK;

/** That many free loopback ports, all different, all from 20000 to 32767: they are held until each is known. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers: Server[] = [];
  while (servers.length < count) {
    const server = await listenIfFree(LOWEST + next);
    next = (next + 1) % (BLOCKS * BLOCK);
    if (server !== undefined) servers.push(server);
  }
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map(close));
  return ports;
}

/** The first of these loopback ports that somebody listens on. */
export async function takenPort(ports: readonly number[]): Promise<number | undefined> {
  const looked = await Promise.all(ports.map(async (port) => ((await isFree(port)) ? undefined : port)));
  return looked.find((port) => port !== undefined);
}

/**
 * A server on a taken port would end, and whoever listens there would be taken for it. One that was killed just now may
 * take a moment to let go of its ports.
 *
 * @throws ServiceStartError
 */
export async function needFreePorts(service: string, ports: readonly number[]): Promise<void> {
  for (const deadline = performance.now() + GRACE_MS; ; await sleep(100)) {
    const taken = await takenPort(ports);
    if (taken === undefined) return;
    if (performance.now() > deadline)
      throw new ServiceStartError(
        service,
        `Port ${taken} of 127.0.0.1, meant for ${service}, is taken by ${ownerOf(taken) ?? 'another program'}.`,
      );
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = await listenIfFree(port);
  if (server !== undefined) await close(server);
  return server !== undefined;
}

async function listenIfFree(port: number): Promise<Server | undefined> {
  try {
    return await listen(port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' || code === 'EACCES') return undefined;
    throw error;
  }
}

const close = (server: Server) => new Promise((resolve) => server.close(resolve));

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve(server));
  });
}
