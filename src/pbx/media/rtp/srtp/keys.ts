/** The keys of SRTP: what the SDP carries (RFC 4568, 6.2), and what is derived from it (RFC 3711, 4.3). */
import { createCipheriv } from 'node:crypto';

/** The suites of RFC 4568 that are used; they differ in the length of the tag that proves an RTP packet. */
export const SUITES = ['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32'] as const;
export type Suite = (typeof SUITES)[number];

/** Bytes of the tag behind an RTP packet. Behind an RTCP packet it has 10 in both suites (RFC 4568, 6.2.2). */
export const TAG_BYTES: Record<Suite, number> = {
  AES_CM_128_HMAC_SHA1_80: 10,
  AES_CM_128_HMAC_SHA1_32: 4,
};
export const RTCP_TAG_BYTES = 10;

const KEY_BYTES = 16;
const SALT_BYTES = 14;
/** A key as the SDP carries it: the master key and the master salt behind it. */
export const MASTER_BYTES = KEY_BYTES + SALT_BYTES;
const AUTH_KEY_BYTES = 20;

/** The keys of one direction, of RTP or RTCP. */
export interface SessionKeys {
  readonly encryption: Buffer;
  readonly authentication: Buffer;
  readonly salt: Buffer;
}

const LABELS = {
  rtp: { encryption: 0, authentication: 1, salt: 2 },
  rtcp: { encryption: 3, authentication: 4, salt: 5 },
};

/** Derives the session keys of RTP or RTCP from a key of {@link MASTER_BYTES}. */
export function sessionKeys(master: Buffer, of: 'rtp' | 'rtcp'): SessionKeys {
  const labels = LABELS[of];
  return {
    encryption: derive(master, labels.encryption, KEY_BYTES),
    authentication: derive(master, labels.authentication, AUTH_KEY_BYTES),
    salt: derive(master, labels.salt, SALT_BYTES),
  };
}

function derive(master: Buffer, label: number, length: number): Buffer {
  const counter = Buffer.alloc(16);
  master.copy(counter, 0, KEY_BYTES, MASTER_BYTES);
  counter[7]! ^= label;
  return createCipheriv('aes-128-ctr', master.subarray(0, KEY_BYTES), counter).update(Buffer.alloc(length));
}
