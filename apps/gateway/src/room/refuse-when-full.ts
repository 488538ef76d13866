import type { Route } from '@procos/service-kit';
import { roomErrors } from './errors.ts';
import type { FullDisk, RoomWatch } from './room-watch.ts';

/** Whether a route begins new work: its contract says that it answers 507. */
const beginsWork = ({ contract }: Route) => 507 in contract.errors;

/** Keeps what begins new work from a system whose disk is full: it would stand still, and take the room of what runs. */
export function refuseWhenFull(routes: readonly Route[], room: RoomWatch): readonly Route[] {
  return routes.map((one) =>
    beginsWork(one)
      ? {
          ...one,
          handle: async (...call) => {
            const full = await room.full();
            if (full !== undefined)
              throw roomErrors.PROCOS_GATEWAY_DISK_FULL({ folder: full.folder, free: megabytes(full) });
            return one.handle(...call);
          },
        }
      : one,
  );
}

/** For people: `3.2 MB`. */
export const megabytes = ({ freeBytes }: FullDisk) => `${(freeBytes / 1_000_000).toFixed(1)} MB`;
