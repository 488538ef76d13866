import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runOrder } from './testing/example.ts';

/** What a gateway answers to the calls of the example. */
const answers: Readonly<Record<string, string>> = {
  'POST /v1/requests': '{"error":{"code":"PROCOS_GATEWAY_X","message":"No.","remedy":"Wait.","data":{}}}',
  'GET /v1/instances?state=FAILED&limit=500&offset=0': `{"total":1,"instances":[{"id":"i-1","processKey":"order","version":1,
    "businessKey":null,"state":"FAILED","startTime":"2026-01-01T00:00:00Z","endTime":null,"durationMs":null,"parentId":null}]}`,
  'GET /v1/events?type=process.order.*': `id: e-1\ndata: {"specversion":"1.0","id":"e-1","source":"/t","type":"process.order.completed","time":"2026-01-01T00:00:00Z","datacontenttype":"application/json","data":{}}\n\n`,
};

const answer: RequestListener = (request, response) => {
  const body = answers[`${request.method} ${request.url}`];
  response.writeHead(body === undefined ? 599 : request.method === 'POST' ? 409 : 200).end(body);
};

describe('the example of the README', () => {
  it('is the file that is run here', () => {
    const example = readFileSync(join(import.meta.dirname, 'testing/example.ts'), 'utf8').replace(
      "'../index.ts'",
      "'@procos/api-client'",
    );

    expect(readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')).toContain(`\`\`\`ts\n${example}\`\`\``);
  });

  it('speaks to a gateway', async () => {
    const server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;

    try {
      expect(await runOrder(`http://127.0.0.1:${port}`)).toEqual([
        'PROCOS_GATEWAY_X: No. Wait.',
        'order i-1 has failed',
        'process.order.completed',
      ]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
