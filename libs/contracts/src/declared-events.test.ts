import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { eventFault } from './check-event-data.ts';
import { eventChannels } from './event-channels.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const sources = globSync('{apps,libs}/*/src/**/*.ts', {
  cwd: root,
  exclude: (name) => name.includes('testing') || name.endsWith('.test.ts'),
});

/** Told on the stream of the gateway alone: it never reaches the exchange. */
const onStreamsOnly = new Set(['gateway.stream.gap']);

/** Every event type that our sources make, its variable words as `*`. */
const published = sources.flatMap((file) =>
  [...readFileSync(`${root}${file}`, 'utf8').matchAll(/makeEvent\(\{[^;]*?\btype: (?:'([^']+)'|`([^`]+)`)/g)].map(
    ([, plain, template = '']) => ({ file, type: plain ?? template.replace(/\$\{[^}]*\}/g, '*') }),
  ),
);

const firstWords = new Set(eventChannels.map(({ address }) => address.split('.')[0]));

describe('the contract of events', () => {
  it('knows every kind of event that our sources publish', () => {
    expect(published.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'admin.notification',
        'error.reported',
        'system.shutdown_announced',
        'supervisor.*',
        'kernel.*',
      ]),
    );
    expect(
      published.filter(({ type }) => !onStreamsOnly.has(type) && !firstWords.has(type.split('.')[0] ?? '')),
    ).toEqual([]);
  });

  it.each<[string, Record<string, unknown>]>([
    [
      'admin.notification',
      { component: undefined, error_summary: 'gone', notification: null, process_instance_id: 'p' },
    ],
    ['error.reported', { code: 'X', message: '', process: '', advice: 'ask', reported_at: '2026-01-01T00:00:00.000Z' }],
    ['system.shutdown_announced', { reason: '', active_requests: 0 }],
    ['supervisor.app_crashed', { app: 'gateway', error: 'killed' }],
    ['supervisor.server_restarting', { app: 'rabbitmq', in_ms: 250 }],
  ])('takes what is published as %s', (type, data) => {
    expect(eventFault({ type, data })).toBeUndefined();
  });

  it.each<[string, Record<string, unknown>]>([
    ['admin.other', { process_instance_id: 'p' }],
    ['error.reported', { code: 'X' }],
    ['system.exploded', { reason: '', active_requests: 0 }],
    ['supervisor.app_crashed', {}],
    ['supervisor.app_vanished', { app: 'gateway' }],
  ])('refuses another thing under that name: %s', (type, data) => {
    expect(eventFault({ type, data })).toBeDefined();
  });
});
