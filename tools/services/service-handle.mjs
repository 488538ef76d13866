// What every started service can do, however it was started.
import { openFolder } from './scratch-folder.mjs';

/**
 * Starts a service in its folder; when it does not come up, its scratch folder does not stay.
 * @param {string} service
 * @param {string | undefined} given its folder, a scratch folder without one
 * @param {(place: {folder: string, kept: boolean}) => Promise<{server: object, from: string, url: string, port: number}>} start
 */
export async function startIn(service, given, start) {
  const { folder, kept, discard } = openFolder(service, given);
  try {
    const { server, ...told } = await start({ folder, kept });
    return Object.assign(serviceHandle(server, discard), { service, ...told });
  } catch (error) {
    discard();
    throw error;
  }
}

/** The pid and the version of a server change with a restart. */
function serviceHandle(server, discard) {
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
