/** Reads the session description of a far side, which may be anything, and takes from it what media needs. */
import { isIP } from 'node:net';
import { MAX_SDP_LENGTH } from '../../../../protocol/index.js';
import type { MediaDirection } from '../../engine.js';
import { readCryptos } from './crypto.js';
import type { Audio, Codec, Description, Section, Target } from './description.js';
import { refuse } from './refusal.js';

const MAX_SECTIONS = 16;
const MAX_FORMATS = 64;
const MEDIA_LINE = /^m=([\w+.-]{1,32}) (\d{1,5})(?:\/\d{1,3})? ([\w/+.-]{1,32}) ([!-~ ]{1,512})$/;
const PROTOCOL = /^RTP\/(S?)AVPF?$/;
/** What has a number without saying so (RFC 3551, 6). */
const STATIC: readonly Codec[] = [
  { name: 'PCMU', payloadType: 0, clockRate: 8000 },
  { name: 'PCMA', payloadType: 8, clockRate: 8000 },
];
const CODECS: Record<string, Pick<Codec, 'name' | 'clockRate'>> = {
  'opus/48000/2': { name: 'opus', clockRate: 48_000 },
  'pcmu/8000': { name: 'PCMU', clockRate: 8000 },
  'pcmu/8000/1': { name: 'PCMU', clockRate: 8000 },
  'pcma/8000': { name: 'PCMA', clockRate: 8000 },
  'pcma/8000/1': { name: 'PCMA', clockRate: 8000 },
  'telephone-event/8000': { name: 'telephone-event', clockRate: 8000 },
  'telephone-event/8000/1': { name: 'telephone-event', clockRate: 8000 },
  'telephone-event/48000': { name: 'telephone-event', clockRate: 48_000 },
};
const DIRECTIONS: readonly MediaDirection[] = ['sendonly', 'recvonly', 'inactive', 'sendrecv'];
const DEFAULT_PACKET_MS = 20;
const MAX_PACKET_MS = 60;

/** Throws a `media-failed` error that says what is wrong. Sections that cannot be used are kept, without audio. */
export function readDescription(sdp: string): Description {
  if (sdp.length > MAX_SDP_LENGTH) refuse(`it is longer than ${MAX_SDP_LENGTH} characters`);
  const lines = sdp.split(/\r\n|\n|\r/);
  if (lines[0] !== 'v=0') refuse('it does not start with "v=0"');
  const parts: string[][] = [[]];
  for (const line of lines) {
    if (line.startsWith('m=')) parts.push([]);
    parts.at(-1)!.push(line);
  }
  const [session, ...media] = parts as [string[], ...string[][]];
  if (media.length === 0) refuse('it has no media section');
  if (media.length > MAX_SECTIONS) refuse(`it has more than ${MAX_SECTIONS} media sections`);
  return { sections: media.map((section) => readSection(new Lines(session), new Lines(section))) };
}

/** The lines of the session part or of one section. */
class Lines {
  constructor(readonly all: readonly string[]) {}

  attribute(name: string): string | null {
    return this.attributes(name)[0] ?? null;
  }

  attributes(name: string): string[] {
    return this.all
      .filter((line) => line === `a=${name}` || line.startsWith(`a=${name}:`))
      .map((line) => line.slice(name.length + 3));
  }

  get connection(): string | null {
    return this.all.find((line) => line.startsWith('c=')) ?? null;
  }
}

function readSection(session: Lines, lines: Lines): Section {
  const match = MEDIA_LINE.exec(lines.all[0]!.trimEnd());
  if (!match) refuse('a media section starts with a line that cannot be read');
  const [, kind, port, protocol, formats] = match as unknown as [string, string, string, string, string];
  const usable = kind === 'audio' && Number(port) > 0 && PROTOCOL.test(protocol);
  const audio = usable ? readAudio(session, lines, { protocol, port: Number(port), formats }) : null;
  return { kind, protocol, formats, audio };
}

function readAudio(
  session: Lines,
  lines: Lines,
  { protocol, port, formats }: { protocol: string; port: number; formats: string },
): Audio | null {
  const codecs = readCodecs(lines, formats);
  if (!codecs.some(({ name }) => name !== 'telephone-event')) return null;
  const multiplexed = lines.attribute('rtcp-mux') !== null;
  return {
    protocol,
    isSecureProfile: PROTOCOL.exec(protocol)![1] === 'S',
    target: readTarget(session, lines, port, multiplexed),
    codecs,
    cryptos: readCryptos(lines.attributes('crypto')),
    direction: directionOf(lines) ?? directionOf(session) ?? 'sendrecv',
    multiplexed,
    packetMs: readPacketMs(lines),
    mid: /^[\w.-]{1,32}$/.exec(lines.attribute('mid') ?? '')?.[0] ?? null,
  };
}

function readTarget(session: Lines, lines: Lines, port: number, multiplexed: boolean): Target | null {
  const connection = lines.connection ?? session.connection ?? refuse('it has no c= line');
  const match = /^c=IN IP([46]) ([^\s/]{1,64})(\/\S*)?$/.exec(connection.trimEnd());
  if (!match) refuse('its c= line cannot be read');
  const [, family, address] = match as unknown as [string, string, string];
  if (isIP(address) !== Number(family)) refuse('its c= line has no IP address (names are not looked up)');
  if (address === '0.0.0.0' || address === '::') return null;
  if (isNobodysAddress(address)) refuse('its c= line has a multicast or broadcast address');
  if (port > 0xffff) refuse('its port is out of range');
  // An address in a=rtcp is not followed: what we send goes to one machine only.
  const named = Number(/^(\d{1,5})(?: |$)/.exec(lines.attribute('rtcp') ?? '')?.[1] ?? 0);
  const separate = named > 0 && named <= 0xffff ? named : Math.min(port + 1, 0xffff);
  return { address, port, controlPort: multiplexed ? port : separate };
}

function isNobodysAddress(address: string): boolean {
  const first = Number(address.split('.')[0]);
  return first >= 224 || /^ff/i.test(address);
}

function readCodecs(lines: Lines, formats: string): Codec[] {
  const maps = new Map<number, string>();
  for (const value of lines.attributes('rtpmap')) {
    const match = /^(\d{1,3}) +(\S{1,64})$/.exec(value.trimEnd());
    if (match && !maps.has(Number(match[1]))) maps.set(Number(match[1]), match[2]!.toLowerCase());
  }
  const codecs: Codec[] = [];
  for (const format of formats.split(/ +/).slice(0, MAX_FORMATS)) {
    const payloadType = Number(format);
    if (!/^\d{1,3}$/.test(format) || payloadType > 127) continue;
    if (codecs.some((codec) => codec.payloadType === payloadType)) continue;
    const map = maps.get(payloadType);
    const known = map === undefined ? STATIC.find((codec) => codec.payloadType === payloadType) : lookUp(map);
    if (known) codecs.push({ ...known, payloadType });
  }
  return codecs;
}

/** By the map's own keys only: a far side's name must not reach what every object has. */
function lookUp(map: string): Pick<Codec, 'name' | 'clockRate'> | undefined {
  return Object.hasOwn(CODECS, map) ? CODECS[map] : undefined;
}

function directionOf(lines: Lines): MediaDirection | undefined {
  return DIRECTIONS.find((name) => lines.all.some((line) => line.trimEnd() === `a=${name}`));
}

function readPacketMs(lines: Lines): number {
  const read = (name: string) => Number(/^\d{1,3}$/.exec(lines.attribute(name)?.trim() ?? '')?.[0] ?? 0);
  const wanted = read('ptime') || DEFAULT_PACKET_MS;
  const most = Math.min(read('maxptime') || MAX_PACKET_MS, MAX_PACKET_MS);
  // In steps of 10 ms, which every G.711 phone can play.
  return Math.max(10, Math.floor(Math.min(wanted, most) / 10) * 10);
}
