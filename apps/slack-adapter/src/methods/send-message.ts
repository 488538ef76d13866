import { BpmnError } from '@procos/errors';
import { type AdapterMethod, defineMethod } from '@procos/service-kit/adapter';
import { Type } from 'typebox';
import { askSlack, type SlackConnection } from '../ask-slack.ts';

/** Slack cuts longer texts. Source: chat.postMessage, "text". */
const longestText = 40_000;

const Parameters = Type.Object(
  {
    channel: Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'Channel, private group or person: an id, or a name such as `#general`.',
    }),
    text: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: longestText,
        description: 'What is said. Every character is shown as it is, unless `format` says otherwise.',
      }),
    ),
    message: Type.Optional(
      Type.String({ minLength: 1, maxLength: longestText, description: 'Another name of `text`.' }),
    ),
    format: Type.Optional(
      Type.Union([Type.Literal('plain'), Type.Literal('mrkdwn')], {
        default: 'plain',
        description:
          "`mrkdwn`: Slack's own marks count, `<!channel>`, `<@U…>` and links among them; only for text that nobody from outside has a hand in.",
      }),
    ),
    thread_ts: Type.Optional(
      Type.String({ maxLength: 50, description: 'Time stamp of the message that this one answers.' }),
    ),
  },
  { additionalProperties: false },
);

/** `send_message` → `chat.postMessage`. Slack knows no idempotency key: an answer that is lost can make a message appear twice. */
export function sendMessage(connection: SlackConnection): AdapterMethod {
  return defineMethod(Parameters, async ({ channel, text, message, format = 'plain', thread_ts }, { signal }) => {
    const said = text ?? message;
    if (said === undefined)
      throw new BpmnError('SLACK_REFUSED', 'The message has no text.', { slack_error: 'no_text' });
    const body = {
      channel,
      ...(format === 'mrkdwn' ? { text: said } : plain(said)),
      ...(thread_ts === undefined ? {} : { thread_ts }),
    };
    const answer = await askSlack(connection, 'chat.postMessage', body, signal);
    return { ok: true, channel: answer['channel'] ?? channel, ts: answer['ts'] ?? null };
  });
}

/**
 * Text in which nothing counts as a mark: nobody is called, and no link leads elsewhere than it says.
 * Source: Slack, "Formatting text for app surfaces", escaping; chat.postMessage, `parse` and `mrkdwn`.
 */
function plain(text: string) {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return { text: escaped, mrkdwn: false, parse: 'none', link_names: false };
}
