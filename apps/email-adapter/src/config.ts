import { text } from '@procos/config';
import { mailPolicyFields, smtpFields } from '@procos/mail';
import { serviceFields } from '@procos/service-kit';
import { adapterFields } from '@procos/service-kit/adapter';

/** Settings of the adapter. */
export const emailAdapterFields = {
  ...serviceFields({ name: 'email-adapter', port: 8096 }),
  ...adapterFields(),
  ...smtpFields(),
  smtpHost: text('SMTP_HOST', { doc: 'Mail server that mails are handed to.' }),
  ...mailPolicyFields(),
} as const;
