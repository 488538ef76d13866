import type { Config } from '@procos/config';
import type { Logger } from '@procos/logging';
import type { App } from '@procos/service-kit';
import { createAdapterApp } from '@procos/service-kit/adapter';
import type { slackAdapterFields } from './config.ts';
import { checkHealth } from './check-health.ts';
import { sendMessage } from './methods/send-message.ts';

export interface SlackAdapterDeps {
  readonly logger: Logger;
}

/** Who this API is, for its OpenAPI document. */
export const apiInfo = { title: 'ProcOS slack-adapter', version: '1', description: 'Sends messages to Slack.' };

/** Sends messages to Slack. */
export function createApp(config: Config<typeof slackAdapterFields>, { logger }: SlackAdapterDeps): App {
  return createAdapterApp({
    name: 'slack-adapter',
    apiInfo,
    config,
    logger,
    methods: { send_message: sendMessage(config) },
    checkHealth: (signal) => checkHealth(config, signal),
  });
}
