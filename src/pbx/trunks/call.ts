/** What calls out and calls in have in common. */
import type { Body } from 'sip.js/lib/core/index.js';
import type { Clock } from '../clock.js';
import type { Call } from '../../protocol/index.js';
import type { SipLineSettings } from '../config/settings.js';
import type { LineCalls } from '../exchange/index.js';
import type { Log } from '../log.js';
import type { MediaEngine, TrunkMediaOptions } from '../media/engine.js';
import type { Endpoint } from './endpoint.js';

/** What a call stands on. */
export interface CallParts {
  readonly endpoint: Endpoint;
  readonly settings: () => SipLineSettings;
  readonly engine: MediaEngine;
  /** The exchange, which connects it. */
  readonly exchange: LineCalls;
  readonly clock: Clock;
  readonly log: Log;
  /** It is over, and need not be known any longer. */
  readonly onOver: (call: TrunkCall) => void;
}

/** A call over a line, as the line keeps it. */
export interface TrunkCall {
  readonly callId: string;
  /** The exchange tells how the call is now. */
  changed(call: Call): void;
}

const SDP = 'application/sdp';

/** A session description as the body of a message. */
export function sdpBody(content: string): Body {
  return { contentDisposition: 'session', contentType: SDP, content };
}

/** The session description a message carries; null when it has none, or something else. */
export function sdpOf(message: { body: string; getHeader(name: string): string | undefined }): string | null {
  const type = message.getHeader('content-type')?.split(';')[0]?.trim().toLowerCase();
  return message.body && type === SDP ? message.body : null;
}

export function mediaOptions({ settings, endpoint }: CallParts): TrunkMediaOptions {
  const { security, codecs } = settings();
  return { security, address: endpoint.localAddress, codecs };
}
