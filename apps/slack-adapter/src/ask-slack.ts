import type { Secret } from '@procos/config';
import { BpmnError, RetryableError, TerminalError } from '@procos/errors';
import { askJson } from '@procos/service-kit/adapter';

/** How to reach Slack. */
export interface SlackConnection {
  readonly apiUrl: string;
  readonly token: Secret;
}

/** What Slack answers when it has done what it was asked. */
export type SlackAnswer = Readonly<Record<string, unknown>> & { readonly ok: true };

/** Source: error tables of chat.postMessage and auth.test in Slack's Web API reference. */
const setUpErrors: ReadonlySet<string> = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'org_login_required',
  'ekm_access_denied',
  'access_denied',
  'two_factor_setup_required',
  'enterprise_is_restricted',
  'team_access_not_granted',
]);
const passingErrors: ReadonlySet<string> = new Set([
  'ratelimited',
  'rate_limited',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);

/**
 * Calls one method of Slack's Web API.
 *
 * @throws BpmnError SLACK_REFUSED, RetryableError for what may pass (with the wait of `Retry-After`), TerminalError for the token
 */
export async function askSlack(
  { apiUrl, token }: SlackConnection,
  method: string,
  body: unknown,
  signal: AbortSignal,
): Promise<SlackAnswer> {
  const url = new URL(`${apiUrl}/${method}`);
  const { status, body: answer } = await askJson(url, {
    headers: { authorization: `Bearer ${token.reveal()}` },
    body,
    signal,
  });
  if (isDone(answer) && status === 200) return answer;
  const error = errorOf(answer);
  if (error === undefined)
    throw new TerminalError(
      `${url.origin} answered ${status} and nothing that Slack would say: look at SLACK_API_URL.`,
    );
  if (setUpErrors.has(error)) throw new TerminalError(`Slack does not accept the token for ${method}: ${error}`);
  if (passingErrors.has(error)) throw new RetryableError(`Slack cannot do ${method} now: ${error}`);
  throw new BpmnError('SLACK_REFUSED', `Slack refused ${method}: ${error}`, { slack_error: error });
}

function isDone(answer: unknown): answer is SlackAnswer {
  return typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true;
}

/** A short word such as `channel_not_found`. */
function errorOf(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('error' in answer) || typeof answer.error !== 'string')
    return undefined;
  return /^[\w.:-]{1,100}$/.test(answer.error) ? answer.error : 'unknown_error';
}
