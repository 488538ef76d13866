import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DirectoryAwayError, DirectoryRefusedError } from './errors.ts';
import { createInMemoryServiceDirectory } from './in-memory-service-directory.ts';
import { keepLastGood } from './last-good.ts';

const record = {
  service_id: 'mail-1',
  service_name: 'mail',
  version: '1',
  endpoint: 'http://127.0.0.1:9001',
  health_check_url: 'http://127.0.0.1:9001/readyz',
  tags: ['a'],
  metadata: {},
  last_heartbeat: '2026-11-23T04:00:00.000Z',
};

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'procos-last-good-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A directory that can be taken away. */
function away() {
  const real = createInMemoryServiceDirectory([record]);
  const state: { fault: Error | undefined } = { fault: undefined };
  const guard =
    <Args extends unknown[], Result>(ask: (...args: Args) => Promise<Result>) =>
    async (...args: Args) => {
      if (state.fault !== undefined) throw state.fault;
      return ask(...args);
    };
  return { state, directory: { ...real, discover: guard(real.discover), list: guard(real.list) } };
}

describe('a directory whose last good answers are kept', () => {
  it('answers as it did when it is away, and tells why', async () => {
    const { directory, state } = away();
    const onFault = vi.fn();
    const kept = keepLastGood(directory, { onFault });
    await kept.discover('mail');
    await kept.list({ healthyOnly: true });
    state.fault = new DirectoryAwayError('gone');

    expect(await kept.discover('mail')).toEqual([record]);
    expect(await kept.list({ healthyOnly: true })).toEqual([record]);
    expect(onFault).toHaveBeenCalledTimes(2);
    expect(onFault).toHaveBeenCalledWith(state.fault);
  });

  it('says that it is away when it was never asked this, and never hides a refusal', async () => {
    const { directory, state } = away();
    const kept = keepLastGood(directory, { onFault: vi.fn() });
    await kept.discover('mail');
    state.fault = new DirectoryAwayError('gone');
    await expect(kept.discover('chat')).rejects.toThrow(DirectoryAwayError);

    state.fault = new DirectoryRefusedError('no right');

    await expect(kept.discover('mail')).rejects.toThrow('no right');
  });

  it('remembers over a restart when it has a file', async () => {
    const file = join(folder, 'deep', 'directory.json');
    const first = keepLastGood(away().directory, { file, onFault: vi.fn() });
    await first.discover('mail');
    await first.close();
    const { directory, state } = away();
    state.fault = new DirectoryAwayError('gone');

    const second = keepLastGood(directory, { file, onFault: vi.fn() });

    expect(await second.discover('mail')).toEqual([record]);
    expect(readFileSync(file, 'utf8')).toContain('"mail-1"');
  });

  it('starts empty, and tells it, when the file holds something else', () => {
    const file = join(folder, 'directory.json');
    writeFileSync(file, '{"discover mail {}": [{"service_id": 1}]}');
    const onFault = vi.fn();

    keepLastGood(away().directory, { file, onFault });

    expect(onFault).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ message: `${file} holds no answers of a service directory; it is not used.` }),
    );
  });
});
