import { describe, expect, it } from 'vitest';
import { EngineRequestError, EngineUnreachableError } from './engine-errors.ts';
import { enginePresence } from './engine-presence.ts';

const request = { method: 'GET', path: '/engine' };
const failing = (fault: Error) => () => Promise.reject(fault);

describe('what answers where an engine is expected', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    ['names ours', async () => ['other', 'default'], 'engine'],
    ['names another', async () => ['other'], 'foreign'],
    ['is no list', async () => undefined, 'foreign'],
    ['is silence', failing(new EngineUnreachableError(request, 'http://127.0.0.1:9', 'x')), 'nobody'],
    ['is 401', failing(new EngineRequestError(request, 401, {})), 'refused'],
    ['is 403', failing(new EngineRequestError(request, 403, {})), 'refused'],
    ['is 404', failing(new EngineRequestError(request, 404, '<html>')), 'foreign'],
    ['cannot be read', failing(new TypeError('list.map is not a function')), 'foreign'],
  ])('is told when the answer %s', async (_, engines, presence) => {
    expect(await enginePresence(engines, 'default')).toBe(presence);
  });
});
