import type { ProcosEvent } from '@procos/contracts';

/** The events of a gateway, collected as they come. */
export interface CollectedEvents {
  readonly events: readonly ProcosEvent[];
  stop(): void;
}

/** Opens the event stream of a gateway; resolves when it listens. */
export async function collectEvents(url: string): Promise<CollectedEvents> {
  const abort = new AbortController();
  const response = await fetch(`${url}/v1/events`, { signal: abort.signal });
  if (!response.ok || response.body === null) throw new Error(`No event stream: ${response.status}`);
  const events: ProcosEvent[] = [];
  void read(response.body, events).catch((thrown: unknown) => {
    if (!abort.signal.aborted) throw thrown;
  });
  return { events, stop: () => abort.abort() };
}

async function read(body: ReadableStream<Uint8Array>, events: ProcosEvent[]): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const messages = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = messages.pop() ?? '';
    for (const message of messages) {
      const data = /^data: (.*)$/m.exec(message)?.[1];
      if (data !== undefined) events.push(JSON.parse(data) as ProcosEvent);
    }
  }
}
