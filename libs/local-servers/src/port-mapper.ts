import { spawn } from 'node:child_process';
import { needFreePorts } from './free-port.ts';
import { guarded } from './guarded.ts';
import type { RunUser } from './run-user.ts';

export interface PortMapper {
  hasEnded(): boolean;
  stop(): Promise<void>;
}

/** Erlang's port mapper would be started as a daemon that nobody ends: ours is a child like any other. */
export async function startPortMapper(service: string, port: number, user: RunUser | undefined): Promise<PortMapper> {
  await needFreePorts(service, [port]);
  const child = spawn('epmd', ['-port', String(port), '-address', '127.0.0.1'], {
    stdio: 'ignore',
    detached: true,
    ...user,
  });
  const exited = new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  const release = child.pid === undefined ? () => undefined : guarded({ pid: child.pid, signal: 'SIGKILL' });
  return {
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
      release();
    },
  };
}
