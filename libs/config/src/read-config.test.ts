import { inspect } from 'node:util';
import { redact } from '@procos/logging/redaction';
import { describe, expect, it } from 'vitest';
import { describeConfig } from './describe-config.ts';
import { also, choice, integer, optional, port, secret, text, url } from './fields.ts';
import { ConfigError, readConfig, unknownSettings } from './read-config.ts';

const fields = {
  port: port('PROCOS_PORT', { default: 8088, doc: 'Port.' }),
  engineUrl: url('CAMUNDA_URL', { doc: 'Engine.' }),
  retries: integer('RETRIES', { default: 3, min: 0, max: 9, doc: 'Tries.' }),
  key: optional(secret('API_KEY', { doc: 'Key.' })),
  note: optional(text('NOTE', { doc: 'Note.' })),
};

describe('reading the configuration', () => {
  it('gives typed values, defaults and a frozen object', () => {
    const config = readConfig(fields, { CAMUNDA_URL: 'http://localhost:8080/', RETRIES: '5', NOTE: '' });

    expect(config).toEqual({
      port: 8088,
      engineUrl: 'http://localhost:8080',
      retries: 5,
      key: undefined,
      note: undefined,
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('reports all faults together', () => {
    const read = () => readConfig(fields, { PROCOS_PORT: '99999', RETRIES: 'many' });

    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/PROCOS_PORT must be a whole number.*\n.*CAMUNDA_URL is missing.*\n.*RETRIES must be/);
  });

  it('never prints a secret', () => {
    const { key } = readConfig(fields, { CAMUNDA_URL: 'http://x', API_KEY: 'canary' });

    expect(`${String(key)} ${JSON.stringify({ key })} ${inspect({ key })}`).not.toContain('canary');
    expect(key?.reveal()).toBe('canary');
  });

  it('lets no log line show a secret that it has read', () => {
    readConfig(fields, { CAMUNDA_URL: 'http://x', API_KEY: 'canary-of-the-reader' });

    expect(redact({ said: 'refused canary-of-the-reader' })).toEqual({ said: 'refused [redacted]' });
  });

  it.each(['INFO', 'info', ' Info ', 'WARNING', 'warning'])(
    'takes a word in any case, and its synonyms: %s',
    (value) => {
      const level = choice('LEVEL', ['warn', 'info'], {
        default: 'warn',
        synonyms: { warning: 'warn' },
        doc: 'Level.',
      });

      expect(readConfig({ level }, { LEVEL: value }).level).toBe(value.trim().toLowerCase().replace('ing', ''));
      expect(() => readConfig({ level }, { LEVEL: 'constructor' })).toThrow(
        'LEVEL must be one of warn, info, is "constructor"',
      );
    },
  );

  it('takes a setting under its other names too, each read in its own way; its own name wins', () => {
    const time = also(integer('TIME_MS', { default: 5, min: 1, doc: 'Time.' }), 'TIME_MILLIS', {
      env: 'TIME',
      parse: (value) => Number(value) * 1_000,
    });
    const read = (env: Record<string, string>) => readConfig({ time }, env).time;

    expect([
      read({}),
      read({ TIME_MILLIS: '7' }),
      read({ TIME: '2' }),
      read({ TIME: '2', TIME_MS: '3' }),
      read({ TIME: '2', TIME_MS: '' }),
    ]).toEqual([5, 7, 2_000, 3, 2_000]);
    expect(() => read({ TIME_MILLIS: 'x' })).toThrow('TIME_MILLIS must be a whole number');
    expect(describeConfig({ time })).toMatchObject([
      { name: 'TIME_MS', meaning: 'Time. Also taken: `TIME_MILLIS`, `TIME`.' },
    ]);
  });

  it('names a slip of a setting with another first word, a foreign name, and why a name means nothing here', () => {
    const known = {
      topics: text('WORKER_TOPICS', { default: 'x', doc: 'Topics.' }),
      host: text('SMTP_HOST', { default: 'x', doc: 'Host.' }),
    };
    const reported = unknownSettings(
      {
        WORKR_TOPICS: 'x',
        WORKER_TOPIC: 'x',
        HTTP_HOST: 'x',
        MAIL_SERVER: 'x',
        WORKER_POLL: '1',
        WORKER_OTHER: 'x',
        WORKER_TOPICS: 'x',
      },
      [known],
      { MAIL_SERVER: 'SMTP_HOST', WORKER_POLL: 'there is none' },
    );

    expect(reported).toEqual([
      'WORKR_TOPICS is no setting of ProcOS (did you mean WORKER_TOPICS?)',
      'WORKER_TOPIC is no setting of ProcOS (did you mean WORKER_TOPICS?)',
      'MAIL_SERVER is no setting of ProcOS: write SMTP_HOST',
      'WORKER_POLL is no setting of ProcOS: there is none',
    ]);
  });

  it('names a misspelt setting and the nearest known one', () => {
    expect(unknownSettings({ PROCOS_PROT: '1', OTHER: 'x' }, [fields])).toEqual([
      'PROCOS_PROT is no setting of ProcOS (did you mean PROCOS_PORT?)',
    ]);
  });
});
