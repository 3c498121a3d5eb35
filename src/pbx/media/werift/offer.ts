/**
 * Reads a party's offer (RFC 8866, RFC 9429) and takes from it what media needs and nothing else. What werift gets
 * to see is written anew from that, so no offer can confuse it: one audio and one video section, our codecs, plain
 * candidates.
 */
import { MAX_SDP_LENGTH, ProtocolError } from '../../../protocol/index.js';
import type { MediaKind } from '../engine.js';
import { MAX_REMOTE_CANDIDATES, vetCandidate } from './candidates.js';

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export interface Codec {
  readonly name: 'opus' | 'telephone-event' | 'VP8';
  readonly payloadType: number;
  readonly clockRate: number;
  /** The RTCP feedback the party offered and we use. */
  readonly feedback: readonly string[];
}

/** A section that is not used: the answer repeats it with port 0. */
export interface RejectedSection {
  readonly accepted: false;
  readonly kind: string;
  readonly protocol: string;
  readonly formats: string;
  readonly mid: string | null;
}

export interface AcceptedSection {
  readonly accepted: true;
  readonly kind: MediaKind;
  readonly mid: string;
  /** As the party offered it. */
  readonly direction: Direction;
  readonly codecs: readonly Codec[];
  readonly ssrc: number | null;
}

export type Section = AcceptedSection | RejectedSection;

export interface Offer {
  readonly sections: readonly Section[];
  readonly usernameFragment: string;
  readonly password: string;
  /** `sha-256 AB:CD:…`, as in the offer. */
  readonly fingerprints: readonly string[];
  readonly candidates: readonly string[];
}

/** A browser sends two; old closed ones of a long session may stand among them. */
const MAX_SECTIONS = 16;
const MAX_FINGERPRINTS = 4;

const FEEDBACK: Record<MediaKind, readonly string[]> = { audio: [], video: ['nack', 'nack pli', 'ccm fir'] };

function refuse(why: string): never {
  throw new ProtocolError('media-failed', `The session description cannot be used: ${why}.`);
}

/** Reads an offer; throws a `media-failed` error that says what is wrong with one that cannot be used. */
export function readOffer(sdp: string): Offer {
  if (sdp.length > MAX_SDP_LENGTH) refuse(`it is longer than ${MAX_SDP_LENGTH} characters`);
  const lines = sdp.split(/\r\n|\n|\r/);
  if (lines[0] !== 'v=0') refuse('it does not start with "v=0"');
  const [session, ...media] = split(lines);
  if (media.length === 0) refuse('it has no media section');
  if (media.length > MAX_SECTIONS) refuse(`it has more than ${MAX_SECTIONS} media sections`);

  const sections = chooseSections(session, media);
  const leading = sections.findIndex(({ accepted }) => accepted);
  if (leading < 0)
    refuse('it offers neither Opus audio nor VP8 video over one encrypted, bundled connection');
  const transport = new Attributes([...session.lines, ...media[leading]!.lines]);
  return { sections, ...readTransport(transport), candidates: readCandidates(media) };
}

/** The lines of the session part or of one media section. */
class Attributes {
  constructor(readonly lines: readonly string[]) {}

  /** The last value of an attribute; an attribute without a value gives the empty text. */
  get(name: string): string | null {
    return this.all(name).at(-1) ?? null;
  }

  all(name: string): string[] {
    return this.lines
      .filter((line) => line === `a=${name}` || line.startsWith(`a=${name}:`))
      .map((line) => line.slice(name.length + 3));
  }
}

function split(lines: readonly string[]): [Attributes, ...Attributes[]] {
  const parts: string[][] = [[]];
  for (const line of lines) {
    if (line.startsWith('m=')) parts.push([]);
    parts.at(-1)!.push(line);
  }
  return parts.map((part) => new Attributes(part)) as [Attributes, ...Attributes[]];
}

function chooseSections(session: Attributes, media: readonly Attributes[]): Section[] {
  const bundle = session.all('group').find((group) => group.startsWith('BUNDLE ')) ?? '';
  const bundled = new Set(bundle.split(' ').slice(1));
  const taken = new Set<string>();
  let leading: string | null = null;
  return media.map((attributes) => {
    const section = readSection(attributes);
    if (section.mid !== null && taken.has(`mid ${section.mid}`))
      refuse('two media sections have the same mid');
    if (section.mid !== null) taken.add(`mid ${section.mid}`);
    if (!section.accepted) return section;
    const together = leading === null || (bundled.has(leading) && bundled.has(section.mid));
    if (!together || taken.has(section.kind)) return reject(attributes);
    taken.add(section.kind);
    leading ??= section.mid;
    return section;
  });
}

const MEDIA_LINE = /^m=([a-z]{1,20}) (\d{1,5})(?:\/\d+)? ([A-Z0-9/]{1,32}) ([\w\- ]{1,512})$/;
const MID = /^[\w.-]{1,32}$/;

function parseMediaLine(attributes: Attributes): {
  kind: string;
  port: number;
  protocol: string;
  formats: string;
} {
  const match = MEDIA_LINE.exec(attributes.lines[0]!.trimEnd());
  if (!match) refuse('a media section starts with a line that cannot be read');
  return { kind: match[1]!, port: Number(match[2]), protocol: match[3]!, formats: match[4]! };
}

function readMid(attributes: Attributes): string | null {
  const mid = attributes.get('mid');
  if (mid !== null && !MID.test(mid)) refuse('a media section has a mid that is not a token');
  return mid;
}

function reject(attributes: Attributes): RejectedSection {
  const { kind, protocol, formats } = parseMediaLine(attributes);
  return { accepted: false, kind, protocol, formats, mid: readMid(attributes) };
}

function readSection(attributes: Attributes): Section {
  const { kind, port, protocol } = parseMediaLine(attributes);
  const mid = readMid(attributes);
  const open = port !== 0 || attributes.get('bundle-only') !== null;
  const known = (kind === 'audio' || kind === 'video') && /^(UDP\/TLS\/)?RTP\/SAVPF$/.test(protocol);
  if (!known || !open || mid === null || attributes.get('rtcp-mux') === null) return reject(attributes);
  const codecs = readCodecs(attributes, kind);
  if (!codecs.some(({ name }) => name !== 'telephone-event')) return reject(attributes);
  return {
    accepted: true,
    kind,
    mid,
    direction: readDirection(attributes),
    codecs,
    ssrc: readSsrc(attributes),
  };
}

const CODEC = /^(\d{1,3}) (opus\/48000\/2|telephone-event\/(?:48000|8000)|VP8\/90000)$/i;

function readCodecs(attributes: Attributes, kind: MediaKind): Codec[] {
  const codecs = new Map<string, Codec>();
  for (const map of attributes.all('rtpmap')) {
    const match = CODEC.exec(map);
    if (!match) continue;
    const payloadType = Number(match[1]);
    const [encoding, clockRate] = match[2]!.toLowerCase().split('/');
    const name = encoding === 'vp8' ? 'VP8' : (encoding as 'opus' | 'telephone-event');
    if ((name === 'VP8') !== (kind === 'video') || payloadType > 127) continue;
    const key = `${name}/${clockRate}`;
    if (codecs.has(key) || [...codecs.values()].some((codec) => codec.payloadType === payloadType)) continue;
    const offered = attributes.all('rtcp-fb');
    const feedback = FEEDBACK[kind].filter(
      (type) => offered.includes(`${payloadType} ${type}`) || offered.includes(`* ${type}`),
    );
    codecs.set(key, { name, payloadType, clockRate: Number(clockRate), feedback });
  }
  // The codec that carries the media leads. Of events, those at its own clock rate, and no others where these are offered:
  // Chromium takes those at 8 kHz when it may, counts them by the clock of the sound, and is over with a press at once.
  const rank = ({ name }: Codec) => Number(name === 'telephone-event');
  const other = codecs.has('telephone-event/48000') ? codecs.get('telephone-event/8000') : undefined;
  return [...codecs.values()].filter((codec) => codec !== other).sort((a, b) => rank(a) - rank(b));
}

function readDirection(attributes: Attributes): Direction {
  const directions = ['sendonly', 'recvonly', 'inactive', 'sendrecv'] as const;
  return directions.find((direction) => attributes.get(direction) !== null) ?? 'sendrecv';
}

function readSsrc(attributes: Attributes): number | null {
  const group = attributes.all('ssrc-group').find((line) => line.startsWith('FID '));
  const first = group?.split(' ')[1] ?? attributes.all('ssrc')[0]?.split(' ')[0];
  const ssrc = Number(first);
  return Number.isInteger(ssrc) && ssrc > 0 && ssrc <= 0xffffffff ? ssrc : null;
}

function readTransport(
  attributes: Attributes,
): Pick<Offer, 'usernameFragment' | 'password' | 'fingerprints'> {
  const usernameFragment = attributes.get('ice-ufrag') ?? '';
  const password = attributes.get('ice-pwd') ?? '';
  if (!/^[\w+/-]{4,256}$/.test(usernameFragment) || !/^[\w+/-]{22,256}$/.test(password)) {
    refuse('its ICE user name or password is missing');
  }
  const fingerprints = attributes
    .all('fingerprint')
    .filter((value) => /^sha-(256|384|512) [0-9A-F]{2}(:[0-9A-F]{2}){31,63}$/i.test(value))
    .slice(0, MAX_FINGERPRINTS);
  if (fingerprints.length === 0) refuse('it has no SHA-256, SHA-384 or SHA-512 certificate fingerprint');
  const setup = attributes.get('setup');
  if (setup !== 'actpass' && setup !== 'active') {
    refuse('its DTLS role is missing, or not one that begins the handshake (expected a=setup:actpass)');
  }
  return { usernameFragment, password, fingerprints };
}

function readCandidates(media: readonly Attributes[]): string[] {
  const vetted = media.flatMap((section) => section.all('candidate')).map((line) => vetCandidate(line));
  return [...new Set(vetted.filter((line) => line !== null))].slice(0, MAX_REMOTE_CANDIDATES);
}

/** The sections the answer accepts. */
export function acceptedSections(offer: Offer): AcceptedSection[] {
  return offer.sections.filter((section) => section.accepted);
}

/** The offer as werift gets to see it. */
export function vettedSdp(offer: Offer): string {
  const sections = acceptedSections(offer);
  const lines = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0'];
  lines.push(`a=group:BUNDLE ${sections.map(({ mid }) => mid).join(' ')}`);
  for (const section of sections) {
    const types = section.codecs.map(({ payloadType }) => payloadType).join(' ');
    lines.push(`m=${section.kind} 9 UDP/TLS/RTP/SAVPF ${types}`, 'c=IN IP4 0.0.0.0', 'a=rtcp-mux');
    lines.push(`a=ice-ufrag:${offer.usernameFragment}`, `a=ice-pwd:${offer.password}`);
    lines.push(...offer.fingerprints.map((fingerprint) => `a=fingerprint:${fingerprint}`));
    // Which way media goes is settled by our own answer: werift is to carry both ways always.
    lines.push('a=setup:actpass', `a=mid:${section.mid}`, 'a=sendrecv', ...codecLines(section.codecs));
    if (section.ssrc !== null) lines.push(`a=ssrc:${section.ssrc} cname:party`);
    if (section === sections[0]) lines.push(...offer.candidates.map((line) => `a=candidate:${line}`));
  }
  return `${lines.join('\r\n')}\r\n`;
}

const RTPMAP = { opus: 'opus/48000/2', 'telephone-event': 'telephone-event', VP8: 'VP8/90000' } as const;

/** The `rtpmap`, `fmtp` and `rtcp-fb` lines of a section. */
export function codecLines(codecs: readonly Codec[]): string[] {
  return codecs.flatMap(({ name, payloadType, clockRate, feedback }) => {
    const map = name === 'telephone-event' ? `${RTPMAP[name]}/${clockRate}` : RTPMAP[name];
    const lines = [`a=rtpmap:${payloadType} ${map}`];
    if (name === 'opus') lines.push(`a=fmtp:${payloadType} minptime=10;useinbandfec=1`);
    if (name === 'telephone-event') lines.push(`a=fmtp:${payloadType} 0-15`);
    return [...lines, ...feedback.map((type) => `a=rtcp-fb:${payloadType} ${type}`)];
  });
}
