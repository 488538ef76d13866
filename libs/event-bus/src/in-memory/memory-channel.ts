import { BroadcastChannel } from 'node:worker_threads';
import type { MemoryMessage } from './memory-messages.ts';

/** How the buses of one name talk, over all threads of the process. Nobody hears itself. */
export interface MemoryChannel {
  tell(message: MemoryMessage): void;
  /** Resolves when everything that was told before this call has been received here. */
  caughtUp(): Promise<void>;
  close(): void;
}

type Wire = MemoryMessage | { readonly kind: 'marker'; readonly id: string };

export function openMemoryChannel(name: string, receive: (message: MemoryMessage) => void): MemoryChannel {
  const channel = new BroadcastChannel(name);
  const markers = new Map<string, () => void>();
  let open = true;
  channel.onmessage = (message) => {
    const { data } = message as { data: Wire };
    if (data.kind === 'marker') markers.get(data.id)?.();
    else receive(data);
  };
  // The bus alone keeps no process alive.
  channel.unref();
  return {
    tell: (message) => {
      if (open) channel.postMessage(message);
    },
    caughtUp: async () => {
      if (!open) return;
      const id = crypto.randomUUID();
      // What arrives, arrives in the order in which it was sent, whoever sent it.
      const sender = new BroadcastChannel(name);
      await new Promise<void>((resolve) => {
        markers.set(id, resolve);
        sender.postMessage({ kind: 'marker', id } satisfies Wire);
      });
      markers.delete(id);
      sender.close();
    },
    close: () => {
      open = false;
      for (const resolve of markers.values()) resolve();
      channel.close();
    },
  };
}
