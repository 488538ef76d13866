// Who is measured. Each engine client is a process of its own with a topic and a model of its own; Temporal comes with its server.
import { startClient } from './client-process.mjs';

const FILES = {
  ours: 'clients/ours.mjs',
  default: 'clients/official.mjs',
  'long-poll': 'clients/official.mjs',
  tuned: 'clients/official.mjs',
  'bare-loop': 'clients/bare-loop.mjs',
};

/** Starts clients when they are asked for and ends all of them at the end. */
export function openCandidates() {
  const clients = new Map();
  return {
    client: (name) => {
      if (!clients.has(name)) clients.set(name, startClient(FILES[name]));
      return clients.get(name);
    },
    /** Ends the process of one that is not needed any more. */
    release: async (name) => {
      await clients.get(name)?.close();
      clients.delete(name);
    },
    close: () => Promise.all([...clients.values()].map((client) => client.close())),
  };
}
