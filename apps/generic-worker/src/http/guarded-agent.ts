import { lookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import type { AddressGuard } from './address-guard.ts';

/** Every address of a host name. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/** A connection was refused because of the address it leads to. */
export class AddressRefusedError extends Error {
  constructor(hostname: string) {
    super(`"${hostname}" leads to an address that may not be asked`);
    this.name = 'AddressRefusedError';
  }
}

const lookupAll = promisify(lookup);
const resolveBySystem: Resolve = (hostname) => lookupAll(hostname, { all: true });

/**
 * A dispatcher whose every connection is judged by the guard at the moment it is made, by the very address that is
 * connected to: a name that resolves differently a moment later gains nothing.
 *
 * @param resolve @default the system's resolver
 */
export function createGuardedAgent(guard: AddressGuard, resolve: Resolve = resolveBySystem): Dispatcher {
  const guardedLookup: LookupFunction = (hostname, options, callback) => {
    void permittedAddresses(guard, hostname, resolve).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all === true) callback(null, [...addresses]);
        else callback(null, first?.address ?? '', first?.family);
      },
      (thrown: unknown) => callback(thrown as NodeJS.ErrnoException, []),
    );
  };
  const connect = buildConnector({ lookup: guardedLookup, timeout: 10_000, allowH2: false });
  return new Agent({
    connect: (options, callback) => {
      const address = options.hostname.replace(/^\[|\]$/g, '');
      // An address is not looked up, so it is judged here.
      if (isIP(address) !== 0 && !guard.permits(address, address)) callback(new AddressRefusedError(address), null);
      else connect(options, callback);
    },
    connections: 32,
    maxHeaderSize: 32_768,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

async function permittedAddresses(
  guard: AddressGuard,
  hostname: string,
  resolve: Resolve,
): Promise<readonly LookupAddress[]> {
  const permitted = (await resolve(hostname)).filter(({ address }) => guard.permits(hostname, address));
  if (permitted.length === 0) throw new AddressRefusedError(hostname);
  return permitted;
}
