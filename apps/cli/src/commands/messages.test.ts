import { describe, expect, it } from 'vitest';
import { runCli } from '../testing/captured-io.ts';
import { startFakeGateway } from '../testing/fake-gateway.ts';

const parked = {
  id: 'm-1',
  type: 'message.Paid',
  reason: 'delivery_limit',
  time: '2026-11-23T04:00:00.000Z',
  source: '/shop',
  data: { businessKey: 'order-7' },
};

describe('procos messages', () => {
  it('shows what could not be delivered, and how to try it again', async () => {
    await using gateway = await startFakeGateway({ 'GET /v1/messages': () => ({ messages: [parked] }) });

    const { exitCode, stdout } = await runCli(['messages', '--url', gateway.url]);

    expect(exitCode).toBe(0);
    expect(stdout).toContain('1 message could not be delivered');
    expect(stdout).toMatch(/m-1 +message\.Paid +tried too often/);
    expect(stdout).toContain('→ npx procos messages replay <id>');
  });

  it('says so when there is nothing', async () => {
    await using gateway = await startFakeGateway({ 'GET /v1/messages': () => ({ messages: [] }) });

    expect(await runCli(['messages', 'list', '--url', gateway.url])).toEqual({
      exitCode: 0,
      stdout: '✓ Every message was delivered.\n',
      stderr: '',
    });
  });

  it.each([
    [['replay', 'm-1'], 'POST /v1/messages/:id/replay', { replayed: 1 }],
    [['replay', '--all'], 'POST /v1/messages/replay', { replayed: 3 }],
    [['discard', 'm-1'], 'DELETE /v1/messages/:id', { discarded: 1 }],
  ])('%j asks for %s', async (words, route, answer) => {
    await using gateway = await startFakeGateway({ [route]: () => answer });

    const { exitCode, stdout } = await runCli(['messages', ...words, '--json', '--url', gateway.url]);

    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual(answer);
    expect(gateway.requests.map((request) => request.route)).toEqual([route]);
  });

  it.each([[['replay']], [['replay', 'm-1', '--all']], [['discard']], [['eat', 'm-1']]])(
    'refuses %j and says what can be written',
    async (words) => {
      const { exitCode, stderr } = await runCli(['messages', ...words, '--url', 'http://127.0.0.1:1']);

      expect(exitCode).toBe(2);
      expect(stderr).toContain('Write: npx procos messages [list | replay <id> | replay --all | discard <id>]');
    },
  );
});
