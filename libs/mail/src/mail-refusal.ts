import { BpmnError } from '@procos/errors';

/** An address that a mail did not go to, and what was said about it. */
export interface RefusedRecipient {
  /** Empty when the refusal is not about one address. */
  readonly email: string;
  readonly reason: string;
}

const code = 'EMAIL_REFUSED';

/** The mail cannot be sent and never could be: a way the model can go. */
export function mailRefused(
  message: string,
  refused: readonly RefusedRecipient[] = [{ email: '', reason: message }],
): BpmnError {
  return new BpmnError(code, message, { sent: false, refused });
}
