/** Writes the answer to an offer (RFC 9429, 5.3.1). */
import type { MediaKind } from '../engine.js';
import { acceptedSections, codecLines, type AcceptedSection, type Direction, type Offer } from './offer.js';

/** Our side of the connection. */
export interface LocalTransport {
  readonly usernameFragment: string;
  readonly password: string;
  readonly fingerprint: string;
  /** `candidate:…` lines. */
  readonly candidates: readonly string[];
  readonly ssrcs: Readonly<Record<MediaKind, number>>;
  readonly cname: string;
}

/** Which of the answers of one session this is: browsers want it to go up. */
export interface SessionVersion {
  readonly id: string;
  readonly version: number;
}

const OPPOSITE: Record<Direction, Direction> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};

export function writeAnswer(offer: Offer, local: LocalTransport, session: SessionVersion): string {
  const accepted = acceptedSections(offer);
  const lines = ['v=0', `o=- ${session.id} ${session.version} IN IP4 127.0.0.1`, 's=-', 't=0 0'];
  lines.push(`a=group:BUNDLE ${accepted.map(({ mid }) => mid).join(' ')}`, 'a=msid-semantic: WMS *');
  for (const section of offer.sections) {
    if (section.accepted) {
      lines.push(...acceptedLines(section, local, section === accepted[0]));
    } else {
      lines.push(
        `m=${section.kind} 0 ${section.protocol} ${section.formats}`,
        'c=IN IP4 0.0.0.0',
        'a=inactive',
      );
      if (section.mid !== null) lines.push(`a=mid:${section.mid}`);
    }
  }
  return `${lines.join('\r\n')}\r\n`;
}

function acceptedLines(section: AcceptedSection, local: LocalTransport, leading: boolean): string[] {
  const types = section.codecs.map(({ payloadType }) => payloadType).join(' ');
  const lines = [`m=${section.kind} 9 UDP/TLS/RTP/SAVPF ${types}`, 'c=IN IP4 0.0.0.0'];
  if (leading) lines.push(...local.candidates.map((line) => `a=${line}`), 'a=end-of-candidates');
  lines.push(`a=ice-ufrag:${local.usernameFragment}`, `a=ice-pwd:${local.password}`, 'a=ice-options:trickle');
  lines.push(`a=fingerprint:${local.fingerprint}`, 'a=setup:passive', `a=mid:${section.mid}`);
  // One stream for both kinds, so that the browser keeps lips and voice together.
  lines.push(`a=msid:party ${section.kind}`, `a=${OPPOSITE[section.direction]}`, 'a=rtcp-mux');
  lines.push(...codecLines(section.codecs), `a=ssrc:${local.ssrcs[section.kind]} cname:${local.cname}`);
  return lines;
}
