import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Decides which addresses may be connected to. */
export interface AddressGuard {
  /** @param hostname the name that was asked for, for rules that name a host */
  permits(hostname: string, address: string): boolean;
}

export interface AddressGuardOptions {
  /** Host names, addresses and CIDR ranges that are permitted whatever they are. */
  readonly allow: readonly string[];
  /** `public`: only what the whole internet can reach. `network`: also loopback and private networks. @default 'public' */
  readonly reach?: 'public' | 'network';
}

/** Ranges as ipaddr.js names them. */
const publicRanges: ReadonlySet<string> = new Set(['unicast']);
const networkRanges: ReadonlySet<string> = new Set(['unicast', 'private', 'loopback', 'uniqueLocal', 'carrierGradeNat']);
/** All global IPv6 addresses given out so far. Source: IANA IPv6 address space. */
const globalIpv6 = ipaddr.parseCIDR('2000::/3');
/** Public by its number, but the inside of a cloud: the platform address of Azure's virtual machines. */
const insideAddresses: ReadonlySet<string> = new Set(['168.63.129.16']);

/**
 * A guard against requests to addresses that only this machine or its network can reach (SSRF).
 *
 * @throws TypeError for a rule that is no host name, address or range
 */
export function createAddressGuard({ allow, reach = 'public' }: AddressGuardOptions): AddressGuard {
  const rules = allow.map(parseRule);
  const ranges = reach === 'public' ? publicRanges : networkRanges;
  return {
    permits: (hostname, text) => {
      if (isIP(text) === 0) return false;
      // An IPv4 address in IPv6 clothes is judged as what it is.
      const address = ipaddr.process(text);
      return rules.some((rule) => rule(hostname, address)) || isInRanges(address, ranges);
    },
  };
}

type Address = ReturnType<typeof ipaddr.process>;
type Rule = (hostname: string, address: Address) => boolean;

function isInRanges(address: Address, ranges: ReadonlySet<string>): boolean {
  const range = address.range();
  if (!ranges.has(range) || insideAddresses.has(address.toString())) return false;
  return address.kind() === 'ipv4' || range !== 'unicast' || address.match(globalIpv6);
}

function parseRule(text: string): Rule {
  if (ipaddr.isValidCIDR(text)) {
    const range = ipaddr.parseCIDR(text);
    return (_, address) => address.kind() === range[0].kind() && address.match(range);
  }
  if (isIP(text) !== 0) {
    const single = ipaddr.process(text).toString();
    return (_, address) => address.toString() === single;
  }
  if (!/^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/i.test(text)) throw new TypeError(`"${text}" is no host name, address or CIDR range`);
  const host = text.toLowerCase();
  return (hostname) => bare(hostname) === host;
}

/** A host name as it is compared: lower case, without the final dot. */
function bare(hostname: string): string {
  return hostname.toLowerCase().replace(/\.$/, '');
}
