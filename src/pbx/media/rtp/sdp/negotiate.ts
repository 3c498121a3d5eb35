/** What both sides agree on: chosen from an offer of the far side, or read from its answer to ours (RFC 3264). */
import type { TrunkCodec, TrunkSecurity } from '../../engine.js';
import { SUITES } from '../srtp/keys.js';
import type { Audio, Codec, Crypto, Description } from './description.js';
import { refuse } from './refusal.js';

export interface Wishes {
  readonly security: TrunkSecurity;
  /** The preferred codec first. */
  readonly codecs: readonly TrunkCodec[];
}

/** What a description of the far side comes to. */
export interface Choice {
  /** The place of the section among all. */
  readonly place: number;
  readonly audio: Audio;
  /** What we send, under the far side's number. */
  readonly codec: Codec & { readonly name: TrunkCodec };
  /** The telephone events we send; null where the far side takes none. */
  readonly events: Codec | null;
  /** The far side's key; null for plain RTP. */
  readonly crypto: Crypto | null;
}

/** Chooses from an offer; throws a `media-failed` error where nothing fits. */
export function choose({ sections }: Description, wishes: Wishes): Choice {
  const usable = sections.flatMap(({ audio }, place) => (audio ? [{ audio, place }] : []));
  if (usable.length === 0) refuse('it offers no audio with Opus or G.711 over RTP');
  const fitting = usable.filter(({ audio }) => fits(audio, wishes.security));
  if (fitting.length === 0) {
    refuse(
      wishes.security === 'none'
        ? 'it asks for encrypted media, which this trunk has not (its security is "none")'
        : 'it offers no SRTP key that can be used, AES_CM_128_HMAC_SHA1_80 or _32',
    );
  }
  const best = fitting.find(({ audio }) => keyOf(audio, wishes.security)) ?? fitting[0]!;
  for (const name of wishes.codecs) {
    const codec = best.audio.codecs.find((offered) => offered.name === name);
    if (codec) {
      const { place, audio } = best;
      const crypto = keyOf(audio, wishes.security);
      return { place, audio, codec: { ...codec, name }, events: eventsFor(codec, audio), crypto };
    }
  }
  return refuse(`it offers none of the codecs of this trunk: ${wishes.codecs.join(', ')}`);
}

/** Reads an answer to our offer of one audio section; throws a `media-failed` error where it does not fit it. */
export function readChoice(
  { sections }: Description,
  offered: { readonly codecs: readonly Codec[]; readonly cryptos: readonly Crypto[] },
  security: TrunkSecurity,
): Choice {
  const audio = sections[0]?.audio;
  if (!audio) return refuse('it takes no audio we offered');
  const names = new Set(offered.codecs.map(({ name }) => name));
  const codec = audio.codecs.find(({ name }) => name !== 'telephone-event' && names.has(name));
  if (!codec) return refuse('it takes no codec we offered');
  const crypto =
    audio.cryptos.find(({ tag, suite }) =>
      offered.cryptos.some((ours) => ours.tag === tag && ours.suite === suite),
    ) ?? null;
  if (!crypto && (audio.isSecureProfile || security === 'required')) refuse('it takes no key we offered');
  return {
    place: 0,
    audio,
    codec: { ...codec, name: codec.name as TrunkCodec },
    events: eventsFor(codec, audio),
    crypto,
  };
}

function fits(audio: Audio, security: TrunkSecurity): boolean {
  return keyOf(audio, security) !== null || (security !== 'required' && !audio.isSecureProfile);
}

/** The key to use, the longest tag first; null for plain RTP. */
function keyOf({ cryptos }: Audio, security: TrunkSecurity): Crypto | null {
  if (security === 'none') return null;
  for (const suite of SUITES) {
    const crypto = cryptos.find((offered) => offered.suite === suite);
    if (crypto) return crypto;
  }
  return null;
}

/** Events run by the clock of the audio they go with (RFC 4733, 2.1); some phones know only 8000. */
function eventsFor(codec: Codec, { codecs }: Audio): Codec | null {
  const events = codecs.filter(({ name }) => name === 'telephone-event');
  const sameClock = events.find(({ clockRate }) => clockRate === codec.clockRate);
  return sameClock ?? (codec.name === 'opus' ? (events[0] ?? null) : null);
}
