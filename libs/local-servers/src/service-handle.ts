// What every started service can do, however it was started.
import type { ChildServer } from './child-server.ts';
import type { RunningService, ServiceName, ServicePlace } from './running-service.ts';
import { openFolder } from './scratch-folder.ts';

/** A server with what has to be ended besides it. */
export type OwnedServer = ChildServer & { readonly dispose?: () => Promise<void> };

/** What a start gives: the server, where it was taken from, and how it is reached. */
export interface Started {
  readonly server: OwnedServer;
  readonly from: string;
  readonly url: string;
  readonly port: number;
}

type Handle = Pick<RunningService, 'pid' | 'version' | 'restart' | 'kill' | 'stop'> &
  Required<Pick<RunningService, 'exited'>>;

/**
 * Starts a service in its folder; when it does not come up, its scratch folder does not stay.
 *
 * @param given its folder, a scratch folder without one
 */
export async function startIn<T extends Started>(
  service: ServiceName,
  given: string | undefined,
  start: (place: ServicePlace) => Promise<T>,
): Promise<Handle & { readonly service: ServiceName } & Omit<T, 'server'>> {
  const { folder, kept, discard } = openFolder(service, given);
  try {
    const { server, ...facts } = await start({ folder, kept });
    return Object.assign(serviceHandle(server, discard), { service, ...facts });
  } catch (error) {
    discard();
    throw error;
  }
}

/** The pid and the version of a server change with a restart. */
function serviceHandle(server: OwnedServer, discard: () => void): Handle {
  return {
    get pid() {
      return server.pid;
    },
    get version() {
      return server.version;
    },
    get exited() {
      return server.exited;
    },
    restart: server.restart,
    kill: server.kill,
    stop: async () => {
      await server.stop();
      await server.dispose?.();
      discard();
    },
  };
}
