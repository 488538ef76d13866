import { describe, expect, it } from 'vitest';
import { isAllowed, readAllowEntry } from './allow-list.ts';
import { readAddress } from './mail-address.ts';

function allows(entry: string, address: string): boolean {
  const read = readAddress(address);
  if (!read.ok) throw new TypeError(`The test gives a wrong address: ${read.fault.reason}`);
  return isAllowed(read.value, [readAllowEntry(entry)]);
}

describe('an entry of the allow-list', () => {
  it.each([
    ['kim@example.com', 'KIM@Example.com', true],
    ['KIM@example.com', 'kim@example.com', true],
    ['kim@example.com', '\u212Aim@example.com', false],
    ['\u212Aim@example.com', 'kim@example.com', false],
    ['jörg@example.com', 'JörG@example.com', true],
    ['example.com', 'anybody@EXAMPLE.com', true],
    ['example.com', 'anybody@sub.example.com', false],
    ['*.example.com', 'anybody@sub.example.com', true],
    ['*.example.com', 'anybody@example.com', false],
  ])('%s for %s: %s', (entry, address, expected) => {
    expect(allows(entry, address)).toBe(expected);
  });
});
