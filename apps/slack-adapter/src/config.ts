import { secret, url } from '@procos/config';
import { serviceFields } from '@procos/service-kit';
import { adapterFields } from '@procos/service-kit/adapter';

/** Settings of the adapter. */
export const slackAdapterFields = {
  ...serviceFields({ name: 'slack-adapter', port: 8097 }),
  ...adapterFields(),
  apiUrl: url('SLACK_API_URL', { default: 'https://slack.com/api', doc: "Base URL of Slack's Web API." }),
  token: secret('SLACK_BOT_TOKEN', { doc: 'Bot token (xoxb-…) with the scope chat:write.' }),
} as const;
