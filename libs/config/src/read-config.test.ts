import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { integer, optional, port, secret, text, url } from './fields.ts';
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

    expect(config).toEqual({ port: 8088, engineUrl: 'http://localhost:8080', retries: 5, key: undefined, note: undefined });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('tells all faults together', () => {
    const read = () => readConfig(fields, { PROCOS_PORT: '99999', RETRIES: 'many' });

    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/PROCOS_PORT must be a whole number.*\n.*CAMUNDA_URL is missing.*\n.*RETRIES must be/);
  });

  it('never prints a secret', () => {
    const { key } = readConfig(fields, { CAMUNDA_URL: 'http://x', API_KEY: 'canary' });

    expect(`${String(key)} ${JSON.stringify({ key })} ${inspect({ key })}`).not.toContain('canary');
    expect(key?.reveal()).toBe('canary');
  });

  it('names a misspelt setting and the nearest known one', () => {
    expect(unknownSettings({ PROCOS_PROT: '1', OTHER: 'x' }, [fields])).toEqual([
      'PROCOS_PROT is no setting of ProcOS (did you mean PROCOS_PORT?)',
    ]);
  });
});
