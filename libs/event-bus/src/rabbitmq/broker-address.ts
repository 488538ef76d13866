/** Where a broker is, as people may read it: its URL without user and password. */
export function brokerAddress(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//');
}
