import { makeEvent } from '@procos/contracts';
import { describe, expect, it } from 'vitest';
import { runCli } from '../testing/captured-io.ts';
import { startFakeGateway, type Answer } from '../testing/fake-gateway.ts';

const completed = makeEvent({
  id: 'e1',
  source: '/engine',
  type: 'process.greet.completed',
  subject: 'instance-1',
  data: { instanceId: 'instance-1', processKey: 'greet', version: 2, parentId: null },
  time: new Date(2026, 2, 1, 10, 0, 5),
});
const opened = makeEvent({
  id: 'e2',
  source: '/engine',
  type: 'incident.failedJob.opened',
  data: {},
  time: new Date(2026, 2, 1, 10, 0, 6),
});

const message = (event: { readonly id: string }): string => `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`;

/** Sends a text and leaves the stream open, or ends it. */
function stream(text: string, after: 'open' | 'end'): Answer {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(`: hello\n\n${text}`);
    if (after === 'end') response.end();
  };
}

describe('procos events', () => {
  it('prints one line per event and stops when its time is over', async () => {
    await using gateway = await startFakeGateway({
      'GET /v1/events': stream(message(completed) + message(opened), 'open'),
    });

    const { exitCode, stdout } = await runCli(['events', '--for', '1', '--type', 'process.#', '--url', gateway.url]);

    expect(exitCode).toBe(0);
    expect(gateway.requests[0]?.query).toEqual({ type: 'process.#' });
    expect(stdout).toBe(
      '2026-03-01 10:00:05  process.greet.completed  instance-1  version=2\n2026-03-01 10:00:06  incident.failedJob.opened\n',
    );
  });

  it('prints one JSON document per line with --json', async () => {
    await using gateway = await startFakeGateway({
      'GET /v1/events': stream(message(completed) + message(opened), 'open'),
    });

    const { stdout } = await runCli(['events', '--for', '1', '--json', '--url', gateway.url]);

    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([completed, opened]);
  });

  it.each([
    ['are left out', [], []],
    ['are shown on demand', ['--all'], ['kernel.kernel_metrics_snapshot']],
    ['are shown to whoever asks for their type', ['--type', 'kernel.#'], ['kernel.kernel_metrics_snapshot']],
  ])('readings that repeat by themselves %s', async (_, args, expected) => {
    const reading = makeEvent({ id: 'e3', source: '/kernel', type: 'kernel.kernel_metrics_snapshot', data: {} });
    await using gateway = await startFakeGateway({ 'GET /v1/events': stream(message(reading), 'open') });

    const { stdout } = await runCli(['events', '--for', '1', '--json', ...args, '--url', gateway.url]);

    expect(
      stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => (JSON.parse(line) as { type: string }).type),
    ).toEqual(expected);
  });

  it('takes a lost connection up again after the last event seen', async () => {
    const interruption = new AbortController();
    const connections = [stream(message(completed), 'end'), stream(message(opened), 'open')];
    const answer: Answer = (request, response) => connections.shift()?.(request, response);
    await using gateway = await startFakeGateway({ 'GET /v1/events': answer });

    const following = runCli(['events', '--follow', '--url', gateway.url], { interruption: interruption.signal });
    await expect.poll(() => gateway.requests.length).toBe(2);
    setTimeout(() => interruption.abort(), 100);
    const { exitCode, stdout, stderr } = await following;

    expect(exitCode).toBe(130);
    expect(gateway.requests.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, 'e1']);
    expect(stdout).toContain('process.greet.completed');
    expect(stdout).toContain('incident.failedJob.opened');
    expect(stderr).toBe('connection lost (the stream has ended), trying again\n');
  });
});
