import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { makeEvent } from '@procos/contracts';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { EventBus } from './event-bus.ts';
import { RejectEventError } from './errors.ts';
import { createInMemoryEventBus, createKeptEventBus } from './local-event-bus.ts';
import { describeEventBus } from './testing/event-bus-contract.ts';

let worlds = 0;

describeEventBus('the bus in memory', () => {
  const failures: unknown[] = [];
  worlds += 1;
  const name = `world ${worlds}`;
  return {
    failures: () => failures,
    connect: () => createInMemoryEventBus({ name, onHandlerError: (thrown) => failures.push(thrown) }),
  };
});

const folder = mkdtempSync(join(tmpdir(), 'procos-bus-'));
afterAll(() => rmSync(folder, { recursive: true }));

describeEventBus('the bus whose queues are kept in a file', () => {
  const failures: unknown[] = [];
  worlds += 1;
  const name = `kept ${worlds}`;
  const file = join(folder, `${worlds}.db`);
  return {
    failures: () => failures,
    connect: () => createKeptEventBus({ name, file, onHandlerError: (thrown) => failures.push(thrown) }),
  };
});

describe('queues in a file', () => {
  const open: EventBus[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()));
  });
  const bus = (file: string, onHandlerError: (thrown: unknown) => void = vi.fn()) => {
    const made = createKeptEventBus({ name: file, file, onHandlerError });
    open.push(made);
    return made;
  };
  const event = (id: string, type = 'work') => makeEvent({ id, source: '/x', type });

  it('keep unread events and dead letters when the last bus is closed', async () => {
    const file = join(folder, 'closed.db');
    const first = bus(file);
    const stop = await first.consume('work', () => Promise.reject(new RejectEventError('no')), { queue: 'q' });
    await first.publish(event('dead'));
    await vi.waitFor(async () => expect(await first.deadLetters.list('q')).toHaveLength(1), 10_000);
    await stop();
    await first.publish(event('unread'));
    await first.close();

    const next = bus(file);
    const heard: string[] = [];
    await next.consume('work', ({ id }) => void heard.push(id), { queue: 'q' });

    await vi.waitFor(() => expect(heard).toEqual(['unread']), 10_000);
    expect(await next.deadLetters.list('q')).toMatchObject([{ id: 'dead', reason: 'rejected', problem: 'no' }]);
    expect(await next.deadLetters.replay('q')).toBe(1);
    await vi.waitFor(() => expect(heard).toEqual(['unread', 'dead']), 10_000);
  });

  it('lose nothing that was confirmed when the process is killed, and hand out again what was at work', async () => {
    const file = join(folder, 'killed.db');
    const main = fileURLToPath(new URL('./testing/publishing-process.ts', import.meta.url));
    const child = spawn(process.execPath, ['--conditions=@procos/source', main, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk) => (said += String(chunk)));
    await vi.waitFor(() => expect(said.split('\n').length).toBeGreaterThan(50), 30_000);
    child.kill('SIGKILL');
    await once(child, 'close');
    // The last line may be cut.
    const confirmed = said.split('\n').slice(0, -1);

    const heard = new Map<string, boolean>();
    await bus(file).consume('work', ({ id }, { isRepetition }) => void heard.set(id, isRepetition), { queue: 'q' });

    await vi.waitFor(() => expect(confirmed.filter((id) => !heard.has(id))).toEqual([]), 20_000);
    // That process had the first one at work, and never finished it.
    expect([...heard].filter(([, isRepetition]) => isRepetition).map(([id]) => id)).toEqual(['e0']);
  });

  it('are begun anew beside a file that is damaged, which is kept, and that is said', async () => {
    const file = join(folder, 'damaged.db');
    writeFileSync(file, 'no database at all, but long enough to be read as the head of one'.repeat(20));
    const failed = vi.fn();

    const one = bus(file, failed);
    await one.publish(event('e1'));

    expect(failed).toHaveBeenCalledOnce();
    expect(String(failed.mock.calls[0]?.[0])).toMatch(/was damaged; it is kept as .*damaged\.db\.damaged-\d+/);
    expect(readdirSync(folder).filter((name) => /^damaged\.db\.damaged-\d+$/.test(name))).toHaveLength(1);
  });

  it('say why they cannot be opened', () => {
    writeFileSync(join(folder, 'a-file'), '');

    expect(() => bus(join(folder, 'a-file', 'bus.db'))).toThrow(/EEXIST|ENOTDIR/);
    expect(existsSync(join(folder, 'a-file', 'bus.db'))).toBe(false);
  });
});

describe('the bus in memory', () => {
  const open: EventBus[] = [];
  const bus = (name: string) => {
    const made = createInMemoryEventBus({ name, onHandlerError: vi.fn() });
    open.push(made);
    return made;
  };
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()));
  });

  it('does not reach buses of another name', async () => {
    const [one, stranger, friend] = [bus('one'), bus('two'), bus('one')];
    const [foreign, own] = [vi.fn(), vi.fn()];
    await stranger.subscribe('#', foreign);
    await friend.subscribe('#', own);

    await one.publish(makeEvent({ source: '/x', type: 'x' }));

    await vi.waitFor(() => expect(own).toHaveBeenCalledOnce(), 10_000);
    expect(foreign).not.toHaveBeenCalled();
  });

  it('gives the work of a thread that dies to another one', async () => {
    const here = bus('threads');
    const worker = new Worker(new URL('./testing/consuming-thread.ts', import.meta.url), {
      execArgv: ['--conditions=@procos/source'],
      workerData: { name: 'threads', queue: 'work' },
    });
    await new Promise((resolve) => worker.once('message', resolve));
    const taken = new Promise((resolve) => worker.once('message', resolve));
    const heard: string[] = [];

    await here.publish(makeEvent({ id: 'e1', source: '/x', type: 'x' }));
    expect(await taken).toBe('e1');
    await here.consume('x', (event) => void heard.push(event.id), { queue: 'work' });
    // Time enough to look around, and to find that its holder lives.
    await delay(1_200);
    expect(heard).toEqual([]);
    await worker.terminate();

    await vi.waitFor(() => expect(heard).toEqual(['e1']), { timeout: 5_000 });
  });
});
