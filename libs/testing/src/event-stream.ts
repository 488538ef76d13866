import type { ProcosEvent } from '@procos/contracts';

/** One open event stream of a gateway. */
export interface Listening {
  readonly events: readonly ProcosEvent[];
  /** Everything received, as it came. */
  text(): string;
  /** Resolves when the gateway has ended the stream. */
  readonly ended: Promise<void>;
  stop(): void;
}

export interface ListenOptions {
  readonly type?: string;
  readonly lastEventId?: string;
}

/** Opens the event stream of a gateway; resolves when it listens. @throws Error when there is none */
export async function listen(url: string, { type, lastEventId }: ListenOptions = {}): Promise<Listening> {
  const abort = new AbortController();
  const query = type === undefined ? '' : `?type=${encodeURIComponent(type)}`;
  const response = await fetch(`${url}/v1/events${query}`, {
    headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
    signal: abort.signal,
  });
  if (!response.ok || response.body === null) throw new Error(`no stream: ${response.status} ${await response.text()}`);
  const events: ProcosEvent[] = [];
  let [text, begun] = ['', ''];
  const ended = readAll(response.body, (chunk) => {
    text += chunk;
    const messages = (begun + chunk).split('\n\n');
    begun = messages.pop() ?? '';
    const data = messages.flatMap((message) => /^id: .*\ndata: (.*)$/m.exec(message)?.[1] ?? []);
    events.push(...data.map((one) => JSON.parse(one) as ProcosEvent));
  });
  return { events, text: () => text, ended, stop: () => abort.abort() };
}

async function readAll(body: ReadableStream<Uint8Array>, take: (chunk: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  try {
    for await (const chunk of body) take(decoder.decode(chunk, { stream: true }));
  } catch (thrown) {
    if (!(thrown instanceof Error) || thrown.name !== 'AbortError') throw thrown;
  }
}
