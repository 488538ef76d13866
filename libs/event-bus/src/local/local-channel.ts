import { BroadcastChannel } from 'node:worker_threads';
import type { ProcosEvent } from '@procos/contracts';

/** What the buses of one name say to each other. */
export type LocalMessage =
  | { readonly kind: 'published'; readonly event: ProcosEvent; readonly queues: readonly string[] }
  /** A queue has events that may be handed out. */
  | { readonly kind: 'ready'; readonly queue: string };

/** How the buses of one name talk, over all threads of the process. */
export interface LocalChannel {
  /** Everybody receives it, this bus too. */
  say(message: LocalMessage): void;
  close(): void;
}

export function openLocalChannel(name: string, receive: (message: LocalMessage) => void): LocalChannel {
  const channel = new BroadcastChannel(`procos.events/${name}`);
  let open = true;
  channel.onmessage = (message) => receive((message as { data: LocalMessage }).data);
  // The bus alone keeps no process alive.
  channel.unref();
  return {
    say: (message) => {
      if (!open) return;
      channel.postMessage(message);
      // A channel does not hear itself.
      receive(message);
    },
    close: () => {
      open = false;
      channel.close();
    },
  };
}
