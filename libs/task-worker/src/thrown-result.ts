import { BpmnError, mayErrorPass, messageOf, RetryableError, TerminalError } from '@procos/errors';
import type { HandlerResult } from './core/messages.ts';

/** What a handler threw, as the core understands it. Anything it does not know is a fault of the code. */
export function thrownResult(thrown: unknown): Exclude<HandlerResult, { kind: 'returned' }> {
  if (thrown instanceof BpmnError)
    return { kind: 'bpmnError', code: thrown.code, message: thrown.message, variables: thrown.variables };
  if (thrown instanceof TerminalError)
    return {
      kind: 'thrown',
      fault: 'terminal',
      message: thrown.message,
      details: thrown.details ?? '',
      mayPass: false,
    };
  if (thrown instanceof RetryableError) {
    const { message, details = '', retryAfterMs } = thrown;
    return {
      kind: 'thrown',
      fault: 'retryable',
      message,
      details,
      mayPass: true,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  }
  return {
    kind: 'thrown',
    fault: 'bug',
    message: messageOf(thrown),
    details: thrown instanceof Error ? (thrown.stack ?? '') : '',
    mayPass: mayErrorPass(thrown),
  };
}
