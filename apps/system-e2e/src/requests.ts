import type { LaunchedSystem } from './launched-system.ts';

export interface RequestView {
  readonly requestId: string;
  readonly state: 'RUNNING' | 'COMPLETED' | 'TERMINATED';
  readonly ok: boolean;
  readonly instanceId: string | null;
  readonly processKey: string | null;
  readonly endEvent: { readonly id: string } | null;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly path: readonly { readonly activityId: string }[];
  readonly incidents: readonly unknown[];
}

/** Asks through the public API, as a program would. */
export async function ask(system: LaunchedSystem, variables: Readonly<Record<string, unknown>>): Promise<string> {
  const response = await fetch(`${system.url}/v1/requests`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      process: 'ai_query_process',
      variables: { ai_provider: 'openai', max_tokens: 100, user_id: 'e2e', ...variables },
    }),
  });
  if (response.status !== 202) throw new Error(`The gateway answered ${response.status}: ${await response.text()}`);
  const { requestId } = (await response.json()) as { requestId: string };
  return requestId;
}

/** The request as it is now. */
export async function look(system: LaunchedSystem, requestId: string, waitMs = 0): Promise<RequestView> {
  const response = await fetch(`${system.url}/v1/requests/${requestId}?waitMs=${waitMs}`);
  if (response.status !== 200) throw new Error(`The gateway answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as RequestView;
}

/** Waits until a request has ended. */
export async function ended(system: LaunchedSystem, requestId: string, timeoutMs = 60_000): Promise<RequestView> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const view = await look(system, requestId, 5_000);
    if (view.state !== 'RUNNING') return view;
    if (performance.now() > deadline) throw new Error(`Request ${requestId} still runs: ${JSON.stringify(view)}`);
  }
}
