import { domainToASCII } from 'node:url';
import { type MailAddress, readAddress } from './mail-address.ts';

/** True when mail may go there. An entry is an address, a domain (`example.com`), or everything below one (`*.example.com`). */
export function isAllowed({ address, domain }: MailAddress, allow: readonly string[]): boolean {
  if (allow.length === 0) return true;
  return allow.some((entry) => {
    if (entry.includes('@')) return entry === inLowerCase(address);
    return entry.startsWith('*.') ? domain.endsWith(entry.slice(1)) : domain === entry;
  });
}

/** Brings an entry to normal form. @throws Error whose message completes "NAME …" */
export function readAllowEntry(entry: string): string {
  if (entry.includes('@')) {
    const read = readAddress(entry);
    if (!read.ok) throw new Error(`names "${entry}", which ${read.fault.reason}`);
    return inLowerCase(read.value.address);
  }
  const domain = entry.replace(/^\*\./, '');
  const ascii = domainToASCII(domain).toLowerCase();
  if (!readAddress(`postmaster@${domain}`).ok) throw new Error(`names "${entry}", which is no address and no domain`);
  return entry.startsWith('*.') ? `*.${ascii}` : ascii;
}

/** Beyond ASCII letters stay as they are: some become ASCII letters in lower case, as the sign for Kelvin does. */
function inLowerCase(address: string): string {
  return address.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
