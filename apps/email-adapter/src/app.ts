import type { Config } from '@procos/config';
import type { Logger } from '@procos/logging';
import { canReach, createMailer } from '@procos/mail';
import type { App } from '@procos/service-kit';
import { createAdapterApp, healthCheckMs } from '@procos/service-kit/adapter';
import type { emailAdapterFields } from './config.ts';
import { sendEmail } from './methods/send-email.ts';

export interface EmailAdapterDeps {
  readonly logger: Logger;
}

/** Who this API is, for its OpenAPI document. */
export const apiInfo = { title: 'ProcOS email-adapter', version: '1', description: 'Hands mails to a mail server.' };

/** Hands mails to a mail server. */
export function createApp(config: Config<typeof emailAdapterFields>, { logger }: EmailAdapterDeps): App {
  const { smtpHost, smtpPort, mailAllow: allow, mailMaxBytes: maxBytes } = config;
  return createAdapterApp({
    name: 'email-adapter',
    apiInfo,
    config,
    logger,
    methods: { send_email: sendEmail({ mailer: createMailer(config), policy: { allow, maxBytes } }) },
    checkHealth: () => canReach(smtpHost, smtpPort, healthCheckMs),
    // Attachments come as base64, a third longer than they are.
    bodyLimit: maxBytes * 1.4 + 100_000,
  });
}
