import { describe, expect, it } from 'vitest';
import { mayErrorPass, readFailureDetails, writeFailureDetails } from './failure-details.ts';
import { RetryableError, TerminalError } from './outcomes.ts';

describe('the details of a failed task', () => {
  it.each([
    { details: 'Status: 503', mayPass: true },
    { details: '', mayPass: false },
    { details: 'half of a pair \uD800 and a NUL \u0000\n→ advice', mayPass: false },
    { details: 'said by a worker in another language', mayPass: undefined },
  ])('come back as they were written: %j', (failure) => {
    expect(readFailureDetails(writeFailureDetails(failure))).toEqual(failure);
  });

  it('hold no character that a database does not take', () => {
    expect(writeFailureDetails({ details: '\u0000\uD800', mayPass: true })).toMatch(/^[\x20-\x7e]*$/);
  });

  it.each([
    '',
    'connect ECONNREFUSED',
    '{"error": "busy"',
    '{"error": "busy"}',
    'null',
    '[1]',
    '{"procosFailure": 2, "mayPass": true, "details": "x"}',
    '{"procosFailure": 1, "mayPass": "yes", "details": "x"}',
  ])('are a text of somebody else: %j', (text) => {
    expect(readFailureDetails(text)).toEqual({ details: text, mayPass: undefined });
  });
});

describe('what was thrown', () => {
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });

  it.each<[string, unknown]>([
    ['an outcome that says so', new RetryableError('busy')],
    ['a network', refused],
    ['a network at the end of a chain', new TypeError('fetch failed', { cause: new AggregateError([refused]) })],
    ['a time that was up', new DOMException('', 'TimeoutError')],
    ['a server that has too much to do', Object.assign(new Error('x'), { status: 503 })],
  ])('may pass: %s', (_, thrown) => {
    expect(mayErrorPass(thrown)).toBe(true);
  });

  it.each<[string, unknown]>([
    ['an outcome that says so, whatever caused it', new TerminalError('no key', { cause: refused })],
    ['words alone', new Error('connect ECONNREFUSED')],
    ['a server that does not take it', Object.assign(new Error('x'), { status: 400 })],
    ['a text', 'ECONNREFUSED'],
  ])('does not pass: %s', (_, thrown) => {
    expect(mayErrorPass(thrown)).toBe(false);
  });

  it('may lead back to itself', () => {
    const circle = new Error('x');
    circle.cause = circle;

    expect(mayErrorPass(circle)).toBe(false);
  });
});
