import { describe, expect, it } from 'vitest';
import { defineErrors } from './catalogue.ts';
import { fromWireError, toWireError } from './wire.ts';

const errors = defineErrors({
  PROCOS_TEST_PORT_BUSY: { message: 'Port {port} is in use', remedy: 'Free port {port}.', when: 'never', status: 409 },
});

describe('an error catalogue', () => {
  it('fills the texts from the data and keeps code, status and cause', () => {
    const cause = new Error('EADDRINUSE');

    const error = errors.PROCOS_TEST_PORT_BUSY({ port: 8080 }, cause);

    expect(error).toMatchObject({
      code: 'PROCOS_TEST_PORT_BUSY',
      message: 'Port 8080 is in use',
      remedy: 'Free port 8080.',
      status: 409,
      cause,
    });
  });

  it('crosses HTTP and back unchanged', () => {
    const { status, body } = toWireError(errors.PROCOS_TEST_PORT_BUSY({ port: 8080 }));

    const back = fromWireError(status, JSON.parse(JSON.stringify(body)));

    expect(back).toMatchObject({ code: 'PROCOS_TEST_PORT_BUSY', message: 'Port 8080 is in use', status: 409 });
  });

  it('does not tell the inner text of an unknown failure', () => {
    const { status, body } = toWireError(new Error('password=canary'));

    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('canary');
  });
});
