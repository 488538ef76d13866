/** Names as people have them, some of which look like the inside and are not. */
const hosts = [
  'example.com',
  'www.example.org',
  'api.github.com',
  'en.wikipedia.org',
  'hooks.slack.com',
  'api.openai.com',
  'storage.googleapis.com',
  's3.eu-central-1.amazonaws.com',
  'login.microsoftonline.com',
  'registry.npmjs.org',
  'pypi.org',
  'shop.example.co.uk',
  'a.b.c.d.e.example.net',
  'xn--bcher-kva.example',
  'bücher.example',
  '例え.テスト',
  'münchen.de',
  'localhost.example.com',
  '127.0.0.1.example.com',
  '10.example.com',
  '169-254-169-254.example.com',
  'metadata.example.com',
  'internal.example.com',
  '0x7f.example.com',
  'my-service.example.dev',
  'cdn1.example-static.com',
  'API.Example.COM',
  'example.com.',
  '1.1.1.1',
  '8.8.8.8',
  '93.184.216.34',
  '[2606:4700:4700::1111]',
  '[2001:4860:4860::8888]',
  '140.82.112.3',
];
/** Paths and queries, some of which speak of the inside without leading there. */
const resources = [
  '',
  '/',
  '/v1/orders',
  '/v1/orders/4711?expand=items&limit=100',
  '/search?q=gr%C3%BC%C3%9Fe+aus+m%C3%BCnchen',
  '/a/b/../c',
  '/files/report%20(final).pdf',
  '/%E2%82%AC/price',
  '/callback?next=http://localhost/',
  '/?url=http%3A%2F%2F127.0.0.1%2F',
  '/169.254.169.254/latest/meta-data',
  '/@user/status/1',
  '/path;jsessionid=1',
  '/q?a=1&a=2&b[]=3',
  '/graphql#fragment',
  '/very/' + 'long/'.repeat(60) + 'path',
  '/?token=' + 'x'.repeat(500),
  '/\u65e5\u672c\u8a9e',
  '/a:b@c',
  '/img.png?v=1.2.3',
];
const origins = [
  (host: string) => `https://${host}`,
  (host: string) => `http://${host}`,
  (host: string) => `https://${host}:8443`,
  (host: string) => `HTTPS://${host}`,
];

/** Ordinary URLs that must not be refused: every host with every resource, by one origin after the other. */
export function benignUrls(count: number): readonly string[] {
  const all = new Set<string>();
  for (let round = 0; round < origins.length; round++) {
    for (const [index, host] of hosts.entries()) {
      for (const [place, resource] of resources.entries())
        all.add(`${origins[(round + index + place) % origins.length]?.(host) ?? ''}${resource}`);
    }
  }
  return [...all].slice(0, count);
}
