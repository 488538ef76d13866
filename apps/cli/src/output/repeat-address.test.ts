import { describe, expect, it } from 'vitest';
import { runCli } from '../testing/captured-io.ts';
import { startFakeGateway } from '../testing/fake-gateway.ts';

const started = { 'POST /v1/requests': () => ({ requestId: 'request-1', state: 'RUNNING' }) };

describe('what a command says to do next', () => {
  it('leads to the address that was given', async () => {
    await using gateway = await startFakeGateway(started);

    const { stdout } = await runCli(['run', 'greet', '--url', gateway.url], { wholeHints: true });

    expect(stdout).toContain(`→ npx procos show --url ${gateway.url} request-1\n`);
  });

  it('leads to the data folder that was given, fit for a shell', async () => {
    const { stderr } = await runCli(['ps', '--data-dir=/nowhere/my data']);

    expect(stderr).toContain("npx procos up --data-dir '/nowhere/my data'");
  });

  it('is as short as ever when nothing was given, and never changes a document', async () => {
    await using gateway = await startFakeGateway(started);

    const plain = await runCli(['run', 'greet'], { env: { PROCOS_URL: gateway.url } });
    const document = await runCli(['run', 'greet', '--url', gateway.url, '--json']);

    expect(plain.stdout).toContain('→ npx procos show request-1\n');
    expect(JSON.parse(document.stdout)).toEqual({
      ok: true,
      process: 'greet',
      requestId: 'request-1',
      state: 'RUNNING',
    });
  });

  it('is not said twice where a command names an address by itself', async () => {
    const { stderr } = await runCli(['show', '--url', 'nowhere'], { wholeHints: true });

    expect(stderr).not.toContain('--url nowhere --help');
  });
});
