/** Writes our descriptions: offers, and answers to those of the far side (RFC 3264). */
import { isIPv6 } from 'node:net';
import type { MediaDirection } from '../../engine.js';
import { cryptoLine } from './crypto.js';
import type { Codec, Crypto, Section } from './description.js';

/** Which of our descriptions this is: the version goes up with each (RFC 3264, 5). */
export interface Origin {
  readonly id: string;
  readonly version: number;
}

/** The audio we describe. */
export interface OurAudio {
  readonly address: string;
  readonly port: number;
  /** The same as `port` where RTP and RTCP share one. */
  readonly controlPort: number;
  readonly protocol: string;
  readonly codecs: readonly Codec[];
  readonly cryptos: readonly Crypto[];
  readonly direction: MediaDirection;
  /** Says `a=rtcp-mux`: offers it, or takes it. */
  readonly multiplexed: boolean;
  readonly mid: string | null;
}

const ENCODINGS = {
  opus: 'opus/48000/2',
  PCMU: 'PCMU/8000',
  PCMA: 'PCMA/8000',
  'telephone-event': 'telephone-event',
};

export function writeOffer(origin: Origin, audio: OurAudio): string {
  return join([...head(origin, audio.address), ...audioLines(audio)]);
}

/** The answer: `audio` in the section of that place, every other one refused. */
export function writeAnswer(
  origin: Origin,
  sections: readonly Section[],
  place: number,
  audio: OurAudio,
): string {
  const body = sections.flatMap((section, at) =>
    at === place ? audioLines(audio) : [`m=${section.kind} 0 ${section.protocol} ${section.formats.trim()}`],
  );
  return join([...head(origin, audio.address), ...body]);
}

function head({ id, version }: Origin, address: string): string[] {
  const connection = `IN IP${isIPv6(address) ? 6 : 4} ${address}`;
  return ['v=0', `o=- ${id} ${version} ${connection}`, 's=-', `c=${connection}`, 't=0 0'];
}

function audioLines(audio: OurAudio): string[] {
  const types = audio.codecs.map(({ payloadType }) => payloadType).join(' ');
  const lines = [`m=audio ${audio.port} ${audio.protocol} ${types}`];
  for (const { name, payloadType, clockRate } of audio.codecs) {
    const rate = name === 'telephone-event' ? `/${clockRate}` : '';
    lines.push(`a=rtpmap:${payloadType} ${ENCODINGS[name]}${rate}`);
    if (name === 'opus') lines.push(`a=fmtp:${payloadType} useinbandfec=1`);
    if (name === 'telephone-event') lines.push(`a=fmtp:${payloadType} 0-15`);
  }
  lines.push('a=ptime:20', ...audio.cryptos.map(cryptoLine), `a=${audio.direction}`);
  lines.push(`a=rtcp:${audio.controlPort}`);
  if (audio.multiplexed) lines.push('a=rtcp-mux');
  if (audio.mid !== null) lines.push(`a=mid:${audio.mid}`);
  return lines;
}

function join(lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n`;
}
