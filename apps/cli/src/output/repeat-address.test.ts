import { describe, expect, it } from 'vitest';
import { runCli } from '../testing/captured-io.ts';
import { startFakeGateway } from '../testing/fake-gateway.ts';
import { sampleIncident, sampleResult } from '../testing/samples.ts';

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

  it('is left alone in what others have written: a message, details, a variable', async () => {
    const incident = sampleIncident({
      message: 'Somebody said: npx procos delete everything',
      details: 'The provider answered: npx procos retry it',
    });
    const stuck = sampleResult({
      state: 'RUNNING',
      ok: false,
      endEvent: null,
      variables: { letter: 'Try npx procos show 7' },
      incidents: [incident],
    });
    await using gateway = await startFakeGateway({ ...started, 'GET /v1/requests/:id': () => stuck });

    for (const address of [['--url', gateway.url], []]) {
      const { stdout } = await runCli(['run', 'greet', '--wait', ...address], {
        wholeHints: true,
        env: { PROCOS_URL: gateway.url },
      });

      expect(stdout).toContain('Somebody said: npx procos delete everything\n');
      expect(stdout).toContain('The provider answered: npx procos retry it\n');
      expect(stdout).toContain('Try npx procos show 7');
      expect(stdout).toContain(`Then: npx procos retry ${[...address, 'incident-1'].join(' ')}\n`);
    }
  });
});
