import { isIP } from 'node:net';
import ipaddr, { type IPv6 } from 'ipaddr.js';

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
const networkRanges: ReadonlySet<string> = new Set([
  'unicast',
  'private',
  'loopback',
  'uniqueLocal',
  'carrierGradeNat',
]);
/** All global IPv6 addresses given out so far. Source: IANA IPv6 address space. */
const globalIpv6 = ipaddr.parseCIDR('2000::/3');
/**
 * Services that a cloud offers to its own machines, above all their credentials, at addresses that look like any other.
 * Source: documentation of Azure (platform), Alibaba Cloud, Amazon EC2 and Google Compute Engine (metadata).
 */
const insideAddresses: ReadonlySet<string> = new Set([
  '168.63.129.16',
  '100.100.100.200',
  'fd00:ec2::254',
  'fd20:ce::254',
]);

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
      const written = plainSpelling(text);
      if (written === undefined) return false;
      // An IPv4 address in IPv6 clothes is judged as what it is.
      const address = ipaddr.process(written);
      return rules.some((rule) => rule(hostname, address)) || isInRanges(address, ranges);
    },
  };
}

type Address = ReturnType<typeof ipaddr.process>;
type Rule = (hostname: string, address: Address) => boolean;

/** One spelling for each address: with dots, the library takes `::127.0.0.1` for an IPv4 address, which it is not. */
function plainSpelling(text: string): string | undefined {
  if (isIP(text) !== 6) return isIP(text) === 4 ? text : undefined;
  const url = `http://[${text}]`;
  return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : undefined;
}

/** An IPv6 address that a tunnel turns into an IPv4 one. Source: RFC 5214, 6.1 (ISATAP). */
function isTunnel(address: Address): boolean {
  if (address.kind() === 'ipv4') return false;
  const [, , , , flags = 0, kind] = (address as IPv6).parts;
  return kind === 0x5efe && (flags & 0xfdff) === 0;
}

function isInRanges(address: Address, ranges: ReadonlySet<string>): boolean {
  const range = address.range();
  if (!ranges.has(range) || insideAddresses.has(address.toString()) || isTunnel(address)) return false;
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
  if (!/^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/i.test(text))
    throw new TypeError(`"${text}" is no host name, address or CIDR range`);
  const host = text.toLowerCase();
  return (hostname) => bare(hostname) === host;
}

/** A host name as it is compared: lower case, without the final dot. */
function bare(hostname: string): string {
  return hostname.toLowerCase().replace(/\.$/, '');
}
