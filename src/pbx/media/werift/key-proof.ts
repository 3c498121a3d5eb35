/**
 * Whether a party holds the key of the certificate it shows (RFC 5246, 7.4.8). The certificate itself is public, and
 * werift compares only that: without this check, whoever copies it could take the party's place on the media path.
 */
import { verify, X509Certificate, constants, type KeyObject } from 'node:crypto';

/** A message of the DTLS handshake. */
export interface HandshakeMessage {
  readonly msg_type: number;
  readonly fragment: Buffer;
  serialize(): Buffer;
}

const CERTIFICATE_VERIFY = 15;

/** The signature schemes browsers use (RFC 8446, 4.2.3), with the kind of key each of them needs. */
const SCHEMES: Readonly<Record<number, { hash: string; key: 'ec' | 'rsa'; pss?: true }>> = {
  0x0403: { hash: 'sha256', key: 'ec' },
  0x0503: { hash: 'sha384', key: 'ec' },
  0x0401: { hash: 'sha256', key: 'rsa' },
  0x0501: { hash: 'sha384', key: 'rsa' },
  0x0804: { hash: 'sha256', key: 'rsa', pss: true },
  0x0805: { hash: 'sha384', key: 'rsa', pss: true },
};

/** Checks the signature over everything that was said up to it; `messages` are in the order they were said in. */
export function provesKey(messages: readonly HandshakeMessage[], certificate: Buffer | undefined): boolean {
  const at = messages.findIndex(({ msg_type }) => msg_type === CERTIFICATE_VERIFY);
  if (at < 0 || !certificate) return false;
  try {
    const { fragment } = messages[at]!;
    const scheme = SCHEMES[fragment.readUInt16BE(0)];
    const signature = fragment.subarray(4, 4 + fragment.readUInt16BE(2));
    const { publicKey } = new X509Certificate(certificate);
    if (!scheme || publicKey.asymmetricKeyType !== scheme.key) return false;
    const said = Buffer.concat(messages.slice(0, at).map((message) => message.serialize()));
    return verify(scheme.hash, said, keyOptions(publicKey, scheme.pss), signature);
  } catch {
    // A certificate or a signature that cannot be read proves nothing.
    return false;
  }
}

function keyOptions(key: KeyObject, pss?: true) {
  return pss
    ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    : { key };
}
