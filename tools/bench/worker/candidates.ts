// Who is measured. Each engine client is a process of its own with a topic and a model of its own; Temporal comes with its server.
import { startClient, type TurnClient } from './client-process.ts';

export type CandidateName = 'ours' | 'default' | 'long-poll' | 'tuned' | 'bare-loop';

const FILES: Readonly<Record<CandidateName, string>> = {
  ours: 'clients/ours.ts',
  default: 'clients/official.ts',
  'long-poll': 'clients/official.ts',
  tuned: 'clients/official.ts',
  'bare-loop': 'clients/bare-loop.ts',
};

export interface Candidates {
  client(name: CandidateName): TurnClient;
  /** Ends all of them. */
  close(): Promise<void>;
}

/** Starts clients when they are asked for and ends all of them at the end. */
export function openCandidates(): Candidates {
  const clients = new Map<CandidateName, TurnClient>();
  return {
    client: (name) => {
      const client = clients.get(name) ?? startClient(FILES[name]);
      clients.set(name, client);
      return client;
    },
    close: async () => void (await Promise.all([...clients.values()].map((client) => client.close()))),
  };
}
