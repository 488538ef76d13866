import { readConfig } from '@procos/config';
import { silentLogger } from '@procos/logging';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { eventBridgeFields, portVariable } from './config.ts';

const app = createApp(readConfig(eventBridgeFields, { [portVariable]: '0' }), { logger: silentLogger });
beforeEach(() => app.start());
afterEach(() => app.stop());

describe('event-bridge', () => {
  it('greets by name', async () => {
    const answer = await fetch(`${app.url()}/v1/greetings/Ada`);

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ greeting: 'Hello, Ada!' });
  });

  it('says what to do when the name is empty', async () => {
    const answer = await fetch(`${app.url()}/v1/greetings/%20`);

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: { code: 'PROCOS_EVENT_BRIDGE_NAME_MISSING', message: 'The name to greet is empty.' },
    });
  });

  it('is ready once it listens', async () => {
    expect((await fetch(`${app.url()}/readyz`)).status).toBe(200);
  });
});
