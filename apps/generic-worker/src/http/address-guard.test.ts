import { isIP } from 'node:net';
import { describe, expect, it } from 'vitest';
import { forbiddenNames, publicAddresses } from '../testing/ssrf-corpus.ts';
import { benignUrls } from '../testing/benign-urls.ts';
import { createAddressGuard } from './address-guard.ts';
import { webUrl } from './exchange.ts';

describe('a public guard', () => {
  const guard = createAddressGuard({ allow: [] });

  it('permits what the whole internet can reach', () => {
    expect(new Set(publicAddresses).size).toBeGreaterThan(100);
    expect(publicAddresses.filter((address) => !guard.permits('host', address))).toEqual([]);
  });

  it('refuses at most 5 of 1000 benign URLs', () => {
    const urls = benignUrls(1_000);
    const refused = urls.filter(
      (url, index) => !isPermitted(url, publicAddresses[index % publicAddresses.length] ?? ''),
    );

    expect(new Set(urls).size).toBe(1_000);
    expect(refused.length, refused.join('\n')).toBeLessThanOrEqual(5);
  });

  /** The two judgements that a request passes: of its URL, and of the address that its name leads to. */
  function isPermitted(url: string, resolved: string): boolean {
    const { hostname } = webUrl(url);
    const host = hostname.replace(/^\[|\]$/g, '');
    return guard.permits(host, isIP(host) === 0 ? resolved : host);
  }

  it('refuses every special range', () => {
    expect([...forbiddenNames.values()].filter((address) => guard.permits('host', address))).toEqual([]);
  });

  it.each(['', 'localhost', '1.2.3', '::g', 'fe80::1%eth0'])('refuses %j, which is no address', (text) => {
    expect(guard.permits('host', text)).toBe(false);
  });
});

describe('a guard for this network', () => {
  const guard = createAddressGuard({ allow: [], reach: 'network' });

  it.each(['127.0.0.1', '::1', '10.1.2.3', '192.168.1.1', 'fd00::1', '100.64.0.1', '8.8.8.8'])(
    'permits %s',
    (address) => {
      expect(guard.permits('host', address)).toBe(true);
    },
  );

  it.each([
    '169.254.169.254',
    'fe80::1',
    '0.0.0.0',
    '224.0.0.1',
    '168.63.129.16',
    '64:ff9b::7f00:1',
    '::ffff:169.254.169.254',
    '100.100.100.200',
    '::ffff:100.100.100.200',
    'fd00:ec2::254',
    'FD00:0EC2:0::254',
    'fd20:ce::254',
    '::127.0.0.1',
    '::10.0.0.1',
    '2a00:1450::5efe:7f00:1',
    '2a00:1450::200:5efe:10.0.0.1',
    'fd00::5efe:a9fe:a9fe',
  ])('refuses %s', (address) => {
    expect(guard.permits('host', address)).toBe(false);
  });
});

describe('what the operator allows', () => {
  it.each([
    ['intranet.example', 'Intranet.Example.', '10.0.0.1', true],
    ['intranet.example', 'other.intranet.example', '10.0.0.1', false],
    ['10.0.0.0/8', 'any', '10.200.0.1', true],
    ['10.0.0.0/8', 'any', '192.168.0.1', false],
    ['10.0.0.0/8', 'any', '::ffff:10.0.0.1', true],
    ['10.0.0.0/8', 'any', 'fd00::1', false],
    ['fd00::/8', 'any', 'fd00::1', true],
    ['127.0.0.1', 'any', '127.0.0.1', true],
    ['127.0.0.1', 'any', '127.0.0.2', false],
    ['localhost', 'localhost', '::1', true],
    ['127.0.0.1', 'any', '::127.0.0.1', false],
    ['100.100.100.200', 'any', '100.100.100.200', true],
  ])('%s for %s at %s: %s', (rule, hostname, address, expected) => {
    expect(createAddressGuard({ allow: [rule] }).permits(hostname, address)).toBe(expected);
  });

  it.each(['http://x', 'a b', '10.0.0.0/99', '*.example.com', ''])(
    'must be a host, an address or a range, not %j',
    (rule) => {
      expect(() => createAddressGuard({ allow: [rule] })).toThrow(`"${rule}" is no host name, address or CIDR range`);
    },
  );
});
