import { BpmnError, RetryableError, TerminalError } from '@procos/errors';
import { askSlack, type SlackConnection } from './ask-slack.ts';

/** Whether Slack answers and accepts the token. Source: health check of the implementation guide's Slack adapter. */
export async function checkHealth(connection: SlackConnection, signal: AbortSignal): Promise<boolean> {
  try {
    return (await askSlack(connection, 'auth.test', undefined, signal)).ok;
  } catch (thrown) {
    if (thrown instanceof RetryableError || thrown instanceof TerminalError || thrown instanceof BpmnError)
      return false;
    throw thrown;
  }
}
