import { randomUUID } from 'node:crypto';
import { useService } from '@procos/testing';
import Consul from 'consul';
import { describe, expect, it, vi } from 'vitest';
import { createConsulLeadership } from './consul-leadership.ts';
import { LeadershipLostError } from './leadership.ts';
import { describeLeadership } from './testing/leadership-contract.ts';

const consul = useService('consul');
const onFault = (thrown: unknown) => console.error(thrown);

describeLeadership('Consul', (name) => createConsulLeadership({ url: consul().url, name, askEveryMs: 50, onFault }));

describe('a leader whose session Consul has ended', () => {
  it('writes nothing, knows it has lost, and another one leads', async () => {
    const name = `office-${randomUUID().slice(0, 8)}`;
    const [one, other] = [
      createConsulLeadership({ url: consul().url, name, askEveryMs: 50, onFault }),
      createConsulLeadership({ url: consul().url, name, askEveryMs: 50, onFault }),
    ];
    const term = await one.lead(AbortSignal.timeout(5_000));
    await term.write('old');
    const { hostname, port } = new URL(consul().url);
    const operator = new Consul({ host: hostname, port: Number(port) });
    const sessions = await operator.session.list();
    for (const { ID: id, Name: candidate } of sessions)
      if (candidate.startsWith(name)) await operator.session.destroy({ id });

    await expect(term.write('written by nobody')).rejects.toThrow(LeadershipLostError);

    expect(term.lost.aborted).toBe(true);
    const next = await other.lead(AbortSignal.timeout(20_000));
    expect(await next.read()).toBe('old');
    operator.destroy();
    await Promise.all([one.close(), other.close()]);
  });
});

describe('a leader that was suspended longer than its session lives', () => {
  it('finds out before it does anything', async () => {
    const name = `office-${randomUUID().slice(0, 8)}`;
    const one = createConsulLeadership({ url: consul().url, name, askEveryMs: 50, onFault });
    const other = createConsulLeadership({ url: consul().url, name, askEveryMs: 50, onFault });
    // A stopped process renews nothing; its timers run late.
    vi.useFakeTimers({ toFake: ['setInterval'] });
    const term = await one.lead(AbortSignal.timeout(5_000));
    vi.useRealTimers();

    const next = await other.lead(AbortSignal.timeout(40_000));

    await expect(term.confirm()).rejects.toThrow(LeadershipLostError);
    await next.confirm();
    await Promise.all([one.close(), other.close()]);
  });
});
