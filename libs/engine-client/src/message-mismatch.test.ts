import { describe, expect, it } from 'vitest';
import { EngineRequestError } from './engine-errors.ts';
import { isMessageMismatch } from './message-mismatch.ts';

const answered = (path: string, status: number, type: string, message: string, code: number | null) =>
  new EngineRequestError({ method: 'POST', path }, status, { type, message, code });

describe('the answer to a message', () => {
  it.each([
    ['that nobody waits for', answered('/message', 400, 'RestException', 'Cannot correlate message', 0), true],
    ['as the exception itself', answered('/message', 400, 'MismatchingMessageCorrelationException', '', null), true],
    [
      'whose value is no value',
      answered('/message', 400, 'InvalidRequestException', "Cannot convert value 'Cannot correlate'", null),
      false,
    ],
    [
      'of which more was said than fits',
      answered('/message', 400, 'BadUserRequestException', 'ENGINE-13028', 0),
      false,
    ],
    ['that the engine failed at', answered('/message', 500, 'RestException', '', 0), false],
    ['that was none', answered('/process-definition/key/x/start', 400, 'RestException', '', 0), false],
    ['that never came', new Error('MismatchingMessageCorrelationException'), false],
  ])('%s is told apart', (_, thrown, expected) => {
    expect(isMessageMismatch(thrown)).toBe(expected);
  });
});
