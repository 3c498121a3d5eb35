/** A session description of a trunk (RFC 8866), as far as media needs it. */
import type { MediaDirection, TrunkCodec } from '../../engine.js';
import type { Suite } from '../srtp/keys.js';

/** A codec under the number it has in one description. */
export interface Codec {
  readonly name: TrunkCodec | 'telephone-event';
  readonly payloadType: number;
  /** In Hz, as RTP counts it. */
  readonly clockRate: number;
}

/** A line `a=crypto` that can be used (RFC 4568). */
export interface Crypto {
  readonly tag: number;
  readonly suite: Suite;
  /** Master key and salt: 30 bytes. */
  readonly master: Buffer;
}

/** Where RTP and RTCP are to be sent. */
export interface Target {
  readonly address: string;
  readonly port: number;
  readonly controlPort: number;
}

/** An audio section that can be used. */
export interface Audio {
  /** RTP without or with keys: the profile of the `m=` line says `RTP/AVP` or `RTP/SAVP`. */
  readonly protocol: string;
  readonly isSecureProfile: boolean;
  /** Null where the section asks for nothing to be sent: `c=` with 0.0.0.0, the old way to hold (RFC 3264, 8.4). */
  readonly target: Target | null;
  /** In the order of the description. */
  readonly codecs: readonly Codec[];
  readonly cryptos: readonly Crypto[];
  readonly direction: MediaDirection;
  readonly multiplexed: boolean;
  /** How long a packet to the far side is to last, in milliseconds. */
  readonly packetMs: number;
  readonly mid: string | null;
}

/** A section of a description; `audio` is null for what can never be used. */
export interface Section {
  readonly kind: string;
  readonly protocol: string;
  readonly formats: string;
  readonly audio: Audio | null;
}

export interface Description {
  readonly sections: readonly Section[];
}

/** Which way we may send and receive, of what a description says of itself. */
export const MAY: Record<MediaDirection, { readonly send: boolean; readonly receive: boolean }> = {
  sendrecv: { send: true, receive: true },
  sendonly: { send: true, receive: false },
  recvonly: { send: false, receive: true },
  inactive: { send: false, receive: false },
};

export function direction(send: boolean, receive: boolean): MediaDirection {
  if (send) return receive ? 'sendrecv' : 'sendonly';
  return receive ? 'recvonly' : 'inactive';
}
