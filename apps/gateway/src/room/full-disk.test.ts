import type { SystemStatus } from '@procos/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { modelOf } from '../testing/models.ts';
import { type RunningGateway, startGateway } from '../testing/running-gateway.ts';
import { createRoomWatch, type Disk } from './room-watch.ts';

const fault = (code: string) => Object.assign(new Error(code), { code });
let gateway: RunningGateway | undefined;
afterEach(() => gateway?.stop());

describe('the room for new work', () => {
  const roomOn = (disk: Disk, clock = () => 0) =>
    createRoomWatch({ folder: '/data', minFreeBytes: 1_000, disk, clock }).full();
  const free = 5_000;

  it.each<[string, Disk, object | undefined]>([
    ['enough', { free: async () => 1_000, tryWriting: async () => undefined }, undefined],
    ['too little', { free: async () => 999, tryWriting: async () => undefined }, { folder: '/data', freeBytes: 999 }],
    [
      'a write that finds no room',
      { free: async () => free, tryWriting: () => Promise.reject(fault('ENOSPC')) },
      { folder: '/data', freeBytes: free },
    ],
    [
      'a quota that is used up',
      { free: async () => free, tryWriting: () => Promise.reject(fault('EDQUOT')) },
      { folder: '/data', freeBytes: free },
    ],
    ['another fault', { free: async () => free, tryWriting: () => Promise.reject(fault('EACCES')) }, undefined],
    ['no folder', { free: () => Promise.reject(fault('ENOENT')), tryWriting: async () => undefined }, undefined],
  ])('is judged by %s', async (_, disk, room) => {
    expect(await roomOn(disk)).toEqual(room);
  });

  it('is asked for once in half a second, and again after it', async () => {
    let [now, asked] = [0, 0];
    const disk: Disk = { free: async () => (asked += 1), tryWriting: async () => undefined };
    const watch = createRoomWatch({ folder: '/data', minFreeBytes: 2, disk, clock: () => now });

    const first = await Promise.all([watch.full(), watch.full()]);
    now = 499;
    const soon = await watch.full();
    now = 500;

    expect([first, soon]).toEqual([
      Array(2).fill({ folder: '/data', freeBytes: 1 }),
      { folder: '/data', freeBytes: 1 },
    ]);
    expect(await watch.full()).toBeUndefined();
  });

  it('is not asked for where the state lies elsewhere', async () => {
    expect(await createRoomWatch({ folder: undefined, minFreeBytes: Infinity }).full()).toBeUndefined();
  });
});

describe('a system whose disk is full', () => {
  const file = { name: 'a.bpmn', content: modelOf('a') };
  const newWork = [
    ['/v1/requests', { process: 'a' }],
    ['/v1/deployments', { files: [file] }],
    ['/v1/messages', { name: 'm' }],
    ['/v1/signals', { name: 's' }],
  ] as const;

  it('refuses what would begin new work, says so, and goes on when there is room', async () => {
    let room = 2_000_000;
    const disk: Disk = { free: async () => room, tryWriting: async () => undefined };
    gateway = await startGateway({ disk, env: { PROCOS_DATA_DIR: '/data' } });
    const call = (path: string, body: object) => gateway?.call('POST', path, { body });

    for (const [path, body] of newWork)
      expect(await call(path, body), path).toMatchObject({
        status: 507,
        body: {
          error: {
            code: 'PROCOS_GATEWAY_DISK_FULL',
            message: 'The disk of /data is full (2.0 MB left), so nothing new is begun.',
            remedy: expect.stringContaining('Free some room') as string,
          },
        },
      });
    expect(gateway.world.deployments).toEqual([]);
    expect((await gateway.call<SystemStatus>('GET', '/v1/status')).body.problems[0]).toEqual({
      what: 'The disk of /data is full: 2.0 MB left. Nothing new is begun.',
      remedy: 'Free some room there: then it goes on by itself.',
    });
    expect(await gateway.call('GET', '/v1/instances')).toMatchObject({ status: 200 });
    expect(await call('/v1/lint', { files: [file] })).toMatchObject({ status: 200 });

    room = 20_000_000;
    await expect.poll(() => call('/v1/deployments', { files: [file] })).toMatchObject({ status: 201 });
  });
});
