import { describe, expect, it } from 'vitest';
import { runCli } from '../testing/captured-io.ts';
import { startFakeGateway } from '../testing/fake-gateway.ts';
import { sampleResult } from '../testing/samples.ts';

describe('the progress line', () => {
  it('moves on a terminal and is erased at the end', async () => {
    await using gateway = await startFakeGateway({
      'POST /v1/requests': () => ({ requestId: 'request-1', state: 'RUNNING' }),
      'GET /v1/requests/:id': async () => {
        await new Promise((resolve) => setTimeout(resolve, 250));
        return sampleResult();
      },
    });

    const { stderr, stdout } = await runCli(['run', 'greet', '--wait', '--url', gateway.url], { terminal: 60 });

    expect(stderr.match(/waiting: starting/g)?.length).toBeGreaterThan(1);
    expect(stderr.endsWith('\r\u001b[2K')).toBe(true);
    expect(stdout).not.toContain('waiting');
  });
});
