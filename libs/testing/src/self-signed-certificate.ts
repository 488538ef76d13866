import { generateKeyPairSync, sign } from 'node:crypto';

/** Key and certificate in PEM; the certificate is its own authority. */
export interface TestCertificate {
  readonly key: string;
  readonly cert: string;
}

const oid = {
  commonName: '0603550403',
  subjectAltName: '0603551d11',
  basicConstraints: '0603551d13',
  ecdsaWithSha256: '06082a8648ce3d040302',
};
const day = 86_400_000;

/** Makes a certificate of this machine's loopback names, valid for a day. Node makes keys but no certificates. Source: RFC 5280. */
export function selfSignedCertificate(): TestCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(hex(oid.ecdsaWithSha256));
  const name = sequence(item(0x31, sequence(hex(oid.commonName), item(0x0c, Buffer.from('localhost')))));
  const names = sequence(item(0x82, Buffer.from('localhost')), item(0x87, Buffer.from([127, 0, 0, 1])));
  const isAuthority = sequence(item(0x01, Buffer.from([0xff])));
  const extensions = sequence(
    sequence(hex(oid.subjectAltName), item(0x04, names)),
    sequence(hex(oid.basicConstraints), item(0x01, Buffer.from([0xff])), item(0x04, isAuthority)),
  );
  const facts = sequence(
    item(0xa0, item(0x02, Buffer.from([2]))),
    item(0x02, Buffer.from([1])),
    algorithm,
    name,
    sequence(time(Date.now() - day), time(Date.now() + day)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    item(0xa3, extensions),
  );
  const signature = item(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', facts, privateKey)]));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem(sequence(facts, algorithm, signature)),
  };
}

/** Tag, length, content: the form of everything in DER. */
function item(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return item(0x30, Buffer.concat(parts));
}

function hex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}

/** UTCTime: `YYMMDDhhmmssZ`. */
function time(at: number): Buffer {
  return item(0x17, Buffer.from(`${new Date(at).toISOString().slice(2, 19).replaceAll(/[-T:]/g, '')}Z`));
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
