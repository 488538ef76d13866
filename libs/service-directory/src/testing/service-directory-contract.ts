import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { ServiceRecord } from '@procos/contracts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ServiceDirectory, ServiceRegistration } from '../service-directory.ts';

const patience = { timeout: 15_000, interval: 25 };
const namesOf = (records: readonly ServiceRecord[]) => records.map(({ service_id: id }) => id);

/** What every service directory does. @param connect a directory; those of one test know the same services */
export function describeServiceDirectory(name: string, connect: () => ServiceDirectory): void {
  describe(`${name} as a service directory`, () => {
    const registered: string[] = [];
    let directory: ServiceDirectory | undefined;
    const servers: Server[] = [];
    afterEach(async () => {
      const last = directory;
      if (last === undefined) return;
      await Promise.all(registered.splice(0).map((id) => last.deregister(id)));
      await last.close();
      for (const server of servers.splice(0)) server.close();
    });
    /** Names of this test alone: a real directory knows those of others too. */
    const scene = () => {
      directory = connect();
      const service = `s-${randomUUID().slice(0, 8)}`;
      const copy = (number: number, more: Partial<ServiceRegistration> = {}): ServiceRegistration => {
        const endpoint = `http://127.0.0.1:${9_000 + number}`;
        registered.push(`${service}-${number}`);
        return {
          service_id: `${service}-${number}`,
          service_name: service,
          version: '1.2.3',
          endpoint,
          health_check_url: `${endpoint}/readyz`,
          tags: ['worker', `number-${number}`],
          metadata: { topics: 'http_request,email_send', zone: 'north' },
          ...more,
        };
      };
      return { directory, service, copy };
    };

    it('gives back what was registered, with the time of the registration as heartbeat', async () => {
      const { directory: one, service, copy } = scene();
      const before = Date.now();
      const registration = copy(1);

      await one.register(registration);

      const [record] = await vi.waitFor(async () => {
        const found = await one.discover(service);
        expect(found).toHaveLength(1);
        return found;
      }, patience);
      const { last_heartbeat: heartbeat, ...rest } = record as ServiceRecord;
      expect(rest).toEqual(registration);
      expect(Date.parse(heartbeat)).toBeGreaterThanOrEqual(before);
      expect(Date.parse(heartbeat)).toBeLessThanOrEqual(Date.now());
      expect(namesOf(await one.list())).toContain(`${service}-1`);
    });

    it('knows nobody of a name that nobody has', async () => {
      const { directory: one, service } = scene();

      expect(await one.discover(service)).toEqual([]);
    });

    it('finds the copies of a name in the order of their registration, and those with any of some tags', async () => {
      const { directory: one, service, copy } = scene();
      for (const number of [3, 1, 2]) await one.register(copy(number));

      await vi.waitFor(
        async () =>
          expect(namesOf(await one.discover(service))).toEqual([3, 1, 2].map((number) => `${service}-${number}`)),
        patience,
      );
      expect(namesOf(await one.discover(service, { anyTag: ['number-1', 'number-2', 'other'] }))).toEqual([
        `${service}-1`,
        `${service}-2`,
      ]);
      expect(await one.discover(service, { anyTag: ['other'] })).toEqual([]);
      expect(namesOf(await one.list({ anyTag: ['number-3'] }))).toContain(`${service}-3`);
    });

    it('replaces what it knew when a copy registers again', async () => {
      const { directory: one, service, copy } = scene();
      await one.register(copy(1));
      await one.register(copy(1, { version: '2.0.0', tags: ['new'] }));

      await vi.waitFor(
        async () => expect(await one.discover(service)).toMatchObject([{ version: '2.0.0', tags: ['new'] }]),
        patience,
      );
    });

    it('forgets who deregisters, and minds it as little when it was not known', async () => {
      const { directory: one, service, copy } = scene();
      await one.register(copy(1));
      await one.register(copy(2));

      await one.deregister(`${service}-1`);
      await one.deregister(`${service}-never-there`);

      await vi.waitFor(async () => expect(namesOf(await one.discover(service))).toEqual([`${service}-2`]), patience);
    });

    it('holds a copy for healthy as long as it sends heartbeats, up to two intervals after the last one', async () => {
      const { directory: one, service, copy } = scene();
      const intervalMs = 400;
      await one.register(copy(1, { intervalMs }));
      const healthy = async () => namesOf(await one.discover(service, { healthyOnly: true }));
      const until = Date.now() + 4 * intervalMs;
      while (Date.now() < until) {
        await one.heartbeat(`${service}-1`);
        await new Promise((resolve) => setTimeout(resolve, intervalMs / 2));
        expect(await healthy()).toEqual([`${service}-1`]);
      }

      await vi.waitFor(async () => expect(await healthy()).toEqual([]), patience);
      expect(namesOf(await one.discover(service))).toEqual([`${service}-1`]);
      await one.heartbeat(`${service}-1`);
      await vi.waitFor(async () => expect(await healthy()).toEqual([`${service}-1`]), patience);
    });

    it('asks a copy that wants to be asked, and holds it for unhealthy when it does not answer well', async () => {
      const { directory: one, service, copy } = scene();
      let status = 200;
      const server = createServer((_request, response) => response.writeHead(status).end());
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const endpoint = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
      await one.register(
        copy(1, { endpoint, health_check_url: `${endpoint}/readyz`, check: 'http', intervalMs: 1_000 }),
      );
      const healthy = async () => namesOf(await one.discover(service, { healthyOnly: true }));

      await new Promise((resolve) => setTimeout(resolve, 3_000));
      expect(await healthy()).toEqual([`${service}-1`]);
      status = 503;
      await vi.waitFor(async () => expect(await healthy()).toEqual([]), patience);
      status = 200;
      await vi.waitFor(async () => expect(await healthy()).toEqual([`${service}-1`]), patience);
    }, 30_000);

    it('tells a heartbeat of somebody it does not know', async () => {
      const { directory: one, service } = scene();

      await expect(one.heartbeat(`${service}-1`)).rejects.toMatchObject({
        name: 'UnknownServiceError',
        code: 'PROCOS_SERVICE_UNKNOWN',
        message: `No service is registered under the id "${service}-1".`,
      });
    });

    it('tells a watcher who is healthy, now and whenever that changes', async () => {
      const { directory: one, service, copy } = scene();
      const reported: string[][] = [];
      const stop = one.watch(service, (records) => void reported.push([...namesOf(records)]));
      const last = () => reported.at(-1);
      await vi.waitFor(() => expect(last()).toEqual([]), patience);

      await one.register(copy(1));
      await vi.waitFor(() => expect(last()).toEqual([`${service}-1`]), patience);
      await one.register(copy(2, { intervalMs: 300 }));
      await vi.waitFor(() => expect(last()).toEqual([`${service}-1`, `${service}-2`]), patience);
      // Silence makes the second one unhealthy.
      await vi.waitFor(() => expect(last()).toEqual([`${service}-1`]), patience);
      stop();
      const before = reported.length;
      await one.deregister(`${service}-1`);
      await new Promise((resolve) => setTimeout(resolve, 300));

      expect(reported).toHaveLength(before);
    });
  });
}
