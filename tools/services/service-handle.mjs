// What every started service can do, however it was started.

/**
 * @param server the process or container that serves; its pid and version change with a restart
 * @param {() => void} discard removes what was kept for it
 */
export function serviceHandle(server, discard) {
  return {
    get pid() {
      return server.pid;
    },
    get version() {
      return server.version;
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
