import { createGatewayClient, GatewayRefusal } from '../index.ts';

/** Runs a process, waits for its end, and lists what failed lately. */
export async function runOrder(url: string): Promise<readonly string[]> {
  const gateway = createGatewayClient({ url });
  const lines: string[] = [];
  try {
    const { requestId } = await gateway.createRequest({ body: { process: 'order', variables: { amount: 12.5 } } });
    const request = await gateway.getRequest({ path: { id: requestId }, query: { waitMs: 30_000 } });
    lines.push(`${request.state}: ${JSON.stringify(request.variables)}`);
  } catch (error) {
    if (!(error instanceof GatewayRefusal)) throw error;
    lines.push(`${error.code}: ${error.message} ${error.remedy}`);
  }
  // All pages of the list, fetched while it is read.
  for await (const { id, processKey } of gateway.lists.listInstances({ query: { state: 'FAILED' } }))
    lines.push(`${processKey} ${id} has failed`);
  // Events until the signal is aborted; a lost connection is taken up again where it was.
  const stop = new AbortController();
  for await (const { type } of gateway.followEvents({ type: 'process.order.*', signal: stop.signal })) {
    lines.push(type);
    if (type === 'process.order.completed') stop.abort();
  }
  return lines;
}
