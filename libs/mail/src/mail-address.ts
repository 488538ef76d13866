import { domainToASCII } from 'node:url';

/** An address in normal form, and the name shown beside it. */
export interface MailAddress {
  /** Empty when there is none. */
  readonly name: string;
  /** Domain in lower case and ASCII. */
  readonly address: string;
  /** The part behind the @, in lower case and ASCII. */
  readonly domain: string;
}

/** What is wrong with an address. `reason` completes "it …". */
export interface AddressFault {
  readonly rule: 'syntax' | 'length' | 'domain';
  readonly reason: string;
}
export type ReadAddress =
  | { readonly ok: true; readonly value: MailAddress }
  | { readonly ok: false; readonly fault: AddressFault };

// Sizes in octets. Source: RFC 5321, 4.5.3.1; 254 follows from the path of 256 that includes its angle brackets.
const longestLocalPart = 64;
const longestDomain = 255;
const longestAddress = 254;
const longestLabel = 63;
const longestName = 200;
/** More than any of these together: what is longer is not looked into. */
const longestMailbox = 1_000;

/** `atext` of RFC 5322, 3.2.3, and every visible character beyond ASCII (RFC 6531, 3.3). */
const atom = /^(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]|[^\p{ASCII}\p{Z}\p{C}])+$/u;
const writtenDomain = /^[\p{L}\p{M}\p{N}.-]+$/u;
const label = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;
const withName = /^(?<name>"(?:[^"\\]|\\.)*"|[^"<>(),;:]*?)\s*<(?<address>[^<>\s]*)>$/u;

/**
 * Reads one address without a name. The practical part of RFC 5321 and RFC 5322: no quoted local parts, comments,
 * address literals, nor domains of one label; beyond ASCII as RFC 6531 and IDNA say.
 */
export function readAddress(text: string): ReadAddress {
  const trimmed = text.trim();
  if (trimmed === '') return refused('syntax', 'is empty');
  if (trimmed.length > longestAddress) return refused('length', `has more than ${longestAddress} octets`);
  // Looked for first: what follows may then say the address aloud.
  if (unprintable.test(trimmed)) return refused('syntax', 'holds a character that cannot be seen');
  const known = unsupported(trimmed);
  if (known !== undefined) return refused('syntax', known);
  const at = trimmed.lastIndexOf('@');
  if (at < 1 || at === trimmed.length - 1) return refused('syntax', 'must have the form name@domain');
  const localPart = trimmed.slice(0, at);
  const fault = faultOfLocalPart(localPart) ?? faultOfDomain(trimmed.slice(at + 1));
  if (fault !== undefined) return { ok: false, fault };
  const domain = domainToASCII(trimmed.slice(at + 1)).toLowerCase();
  const address = `${localPart}@${domain}`;
  if (octets(address) > longestAddress) return refused('length', `has more than ${longestAddress} octets`);
  return { ok: true, value: { name: '', address, domain } };
}

/** Forms that are written elsewhere, each with what to write instead. */
function unsupported(text: string): string | undefined {
  if (/^"(?:[^"\\]|\\.)*"@/.test(text)) return 'has quotes before the @: quoted local parts are not supported';
  if (/\([^()]*\)/.test(text)) return 'holds a comment in round brackets: comments are not supported';
  if (/[;]/.test(text) && text.split(';').filter((part) => part.includes('@')).length > 1)
    return 'holds a semicolon: several addresses are separated by commas';
  return undefined;
}

/** Reads `ada@example.com`, `Ada <ada@example.com>` or `"Lovelace, Ada" <ada@example.com>`. */
export function readMailbox(text: string): ReadAddress {
  if (text.length > longestMailbox) return refused('length', `has more than ${longestMailbox} characters`);
  const trimmed = text.trim();
  if (unprintable.test(trimmed)) return refused('syntax', 'holds a character that cannot be seen');
  const { name: writtenName = '', address = trimmed } = withName.exec(trimmed)?.groups ?? {};
  const read = readAddress(address);
  if (!read.ok) return read;
  const name = writtenName.startsWith('"') ? writtenName.slice(1, -1).replaceAll(/\\(.)/gu, '$1') : writtenName;
  if (name.length > longestName) return refused('length', `has a name of more than ${longestName} characters`);
  return { ok: true, value: { ...read.value, name: name.trim() } };
}

/** Splits a text at its commas, but not at those in quotes. Empty parts are left out. */
export function splitMailboxes(text: string): readonly string[] {
  const parts = [''];
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if (character === '"') quoted = !quoted;
    if (character === ',' && !quoted) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${character}${quoted && character === '\\' ? (text[++index] ?? '') : ''}`);
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function faultOfLocalPart(localPart: string): AddressFault | undefined {
  if (octets(localPart) > longestLocalPart)
    return { rule: 'length', reason: `has more than ${longestLocalPart} octets before the @` };
  if (localPart.split('.').some((part) => part === ''))
    return { rule: 'syntax', reason: 'has a dot too many before the @' };
  if (!localPart.split('.').every((part) => atom.test(part)))
    return { rule: 'syntax', reason: 'holds a character before the @ that is not allowed there' };
  return undefined;
}

function faultOfDomain(written: string): AddressFault | undefined {
  const wrong = { rule: 'domain', reason: 'has a domain that cannot exist' } as const;
  if (!writtenDomain.test(written) || written.length > longestDomain) return wrong;
  const labels = domainToASCII(written).toLowerCase().split('.');
  if (labels.length < 2) return { rule: 'domain', reason: 'needs a domain with a dot, such as example.com' };
  if (labels.some((part) => part.length > longestLabel || !label.test(part))) return wrong;
  // A last label of digits would be an IP address (RFC 3696, 2).
  return /^\d+$/.test(labels.at(-1) ?? '') ? wrong : undefined;
}

function octets(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

function refused(rule: AddressFault['rule'], reason: string): ReadAddress {
  return { ok: false, fault: { rule, reason } };
}
