/** One or more addresses of every range that a public request may not reach. Source: IANA special-purpose registries. */
const forbiddenIpv4 = [
  '0.0.0.0', '0.0.0.1', '0.255.255.255', '10.0.0.0', '10.1.2.3', '10.255.255.255', '100.64.0.1', '100.100.100.200', '100.127.255.255', '127.0.0.1',
  '127.0.0.2', '127.1.2.3', '127.255.255.254', '169.254.0.1', '169.254.169.254', '169.254.170.2', '172.16.0.1', '172.17.0.1', '172.31.255.255',
  '192.0.0.1', '192.0.0.192', '192.0.2.1', '192.88.99.1', '192.168.0.1', '192.168.255.255', '198.18.0.1', '198.19.255.255', '198.51.100.1',
  '203.0.113.1', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255', '168.63.129.16',
];
const forbiddenIpv6 = [
  '::', '::1', '::2', '::ffff:0:127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::1', '100::1', '2001::1', '2001:2::1', '2001:10::1', '2001:20::1', '2001:db8::1',
  '2002:7f00:1::', '2002:a9fe:a9fe::1', '3fff::1', '4000::1', '5f00::1', '8000::1', 'fc00::1', 'fd00:ec2::254', 'fd12:3456::1', 'fe80::1', 'fe90::1', 'febf::1',
  '::127.0.0.1', '::7f00:1', '2a00:1450::5efe:7f00:1', '2a00:1450::200:5efe:a9fe:a9fe', 'fd20:ce::254', 'fec0::1', 'feff::1', 'ff02::1', 'ff0e::1',
];

/** The ways in which one IPv4 address can be written into a URL. */
function spellings(address: string): readonly string[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  const number = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  const hex = (value: number, width: number) => value.toString(16).padStart(width, '0');
  const high = hex(number >>> 16, 4);
  const low = hex(number & 0xffff, 4);
  return [
    address,
    `${address}.`,
    String(number),
    `0x${hex(number, 8)}`,
    `0${number.toString(8)}`,
    [a, b, c, d].map((part) => `0x${part.toString(16)}`).join('.'),
    [a, b, c, d].map((part) => `0${part.toString(8)}`).join('.'),
    `${a}.${b}.${(c << 8) | d}`,
    `${a}.${((b << 16) | (c << 8) | d) >>> 0}`,
    [...address].map((sign) => (sign === '.' ? '。' : String.fromCodePoint(0xff10 + Number(sign)))).join(''),
    [...address].map((sign) => `%${hex(sign.charCodeAt(0), 2)}`).join(''),
    `[::ffff:${address}]`,
    `[::ffff:${high}:${low}]`,
    `[0:0:0:0:0:ffff:${high}:${low}]`,
    `[::${address}]`,
    `[64:ff9b::${address}]`,
    `[2002:${high}:${low}::1]`,
  ];
}

/** URLs that lead inside, each in many spellings; `port` is where something inside really listens. */
export function forbiddenUrls(port: number): readonly string[] {
  const literal = [...forbiddenIpv4.flatMap(spellings), ...forbiddenIpv6.map((address) => `[${address}]`)];
  return [...literal.map((host) => `http://${host}:${port}/inside`), ...known(port)];
}

/** Names that resolve to forbidden addresses. */
export const forbiddenNames: ReadonlyMap<string, string> = new Map(
  [...forbiddenIpv4, ...forbiddenIpv6, '::ffff:127.0.0.1', '::ffff:a9fe:a9fe'].map((address, index) => [`name-${index}.test`, address]),
);

function known(port: number): readonly string[] {
  return [
    `http://localhost:${port}/`,
    `http://LOCALHOST:${port}/`,
    `http://localhost.:${port}/`,
    `http://user@127.0.0.1:${port}/`,
    `http://example.com@127.0.0.1:${port}/`,
    `http://127.0.0.1:${port}#@example.com/`,
    `http://127.0.0.1:${port}\\@example.com/`,
    `http:\\\\127.0.0.1:${port}\\`,
    `http:127.0.0.1:${port}`,
    `http:///127.0.0.1:${port}/`,
    `\thttp://127.0.0.1:${port}/`,
    `http://127.0.0.1\t:${port}/`,
    `http://127.0.\n0.1:${port}/`,
    `http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:${port}/`,
    `http://①②⑦.⓪.⓪.①:${port}/`,
    `http://127。0。0。1:${port}/`,
    `http://127.1:${port}/`,
    `http://127.0.1:${port}/`,
    `http://0:${port}/`,
    `http://0x7f.1:${port}/`,
    `http://017700000001:${port}/`,
    `http://[::]:${port}/`,
    `http://[::1%25lo]:${port}/`,
    `https://127.0.0.1:${port}/`,
    `ftp://127.0.0.1:${port}/`,
    `gopher://127.0.0.1:${port}/_x`,
    `dict://127.0.0.1:${port}/x`,
    `//127.0.0.1:${port}/`,
    `127.0.0.1:${port}`,
    ...noWebAddresses,
  ];
}

const noWebAddresses = [
  'file:///etc/passwd', 'unix:///var/run/docker.sock', 'data:text/plain,x', 'javascript:1', '/inside', 'http://', 'http://[', 'http://999.1.1.1/',
  'http://256.256.256.256/',
];

/** Addresses that everybody may ask. */
export const publicAddresses: readonly string[] = [
  '1.1.1.1', '8.8.8.8', '9.9.9.9', '93.184.216.34', '140.82.112.3', '151.101.1.69', '104.16.132.229', '13.107.42.14', '2606:4700:4700::1111',
  '2001:4860:4860::8888', '2620:fe::fe', '2a00:1450:4001:81b::200e', '2a04:4e42::81', '2400:cb00:2048:1::c629:d7a2', '2600:1901:0:38d7::', '::ffff:8.8.8.8',
  // Both sides of the edges of the forbidden ranges.
  '1.0.0.0', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255', '128.0.0.1', '169.253.255.255', '169.255.0.0', '172.15.255.255',
  '172.32.0.0', '192.0.1.0', '192.0.3.0', '192.167.255.255', '192.169.0.0', '198.17.255.255', '198.20.0.0', '198.51.99.255', '198.51.101.0', '203.0.112.255',
  '203.0.114.0', '223.255.255.255', '168.63.129.15', '168.63.129.17',
  ...Array.from({ length: 60 }, (_, index) => `${20 + index}.${(index * 37) % 256}.${(index * 91) % 256}.${index + 1}`),
  ...Array.from({ length: 30 }, (_, index) => `2a0${(index % 9) + 1}:${index + 1}::${index + 10}`),
];
