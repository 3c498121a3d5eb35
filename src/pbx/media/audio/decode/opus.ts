/** Reads an Ogg Opus stream: as it is when it suits a call, else by decoding it. */
import { createDecoder, DecoderCtl } from 'libopus-wasm';
import type { OpusStream } from '../../ogg/reader.js';
import { OPUS_CLOCK_RATE, opusSamples } from '../../opus.js';
import { AudioError } from '../audio-error.js';
import type { Sound } from './sound.js';

/** What fits one datagram with the headers of SRTP, UDP and IPv6, on any network. */
const MAX_PACKET_BYTES = 1100;
/** Packets of a call: 10 to 60 ms. */
const [MIN_SAMPLES, MAX_SAMPLES] = [480, 2880];

/** Whether the packets can go to a party as they are. */
export function suitsCalls({ packets, gain }: OpusStream): boolean {
  return gain === 0 && packets.every(isModest);
}

function isModest(packet: Buffer): boolean {
  const samples = opusSamples(packet);
  return (
    packet.length <= MAX_PACKET_BYTES && samples >= MIN_SAMPLES && samples <= MAX_SAMPLES && !isStereo(packet)
  );
}

/** RFC 6716, 3.1. */
function isStereo(packet: Buffer): boolean {
  return (packet[0]! & 0x04) !== 0;
}

export async function* decodeOpus({ packets, preSkip, samples, gain }: OpusStream): AsyncGenerator<Sound> {
  const decoder = await createDecoder({ channels: 1 });
  decoder.decoderCtl(DecoderCtl.SetGain, gain);
  let [skip, left] = [preSkip, samples];
  try {
    for (const packet of packets) {
      const decoded = decode(() => decoder.decodeFloat(packet));
      const heard = decoded.slice(Math.min(skip, decoded.length)).slice(0, left);
      skip = Math.max(0, skip - decoded.length);
      left -= heard.length;
      if (heard.length > 0) yield { channels: [heard], rate: OPUS_CLOCK_RATE };
    }
  } finally {
    decoder.free();
  }
}

function decode(work: () => Float32Array): Float32Array {
  try {
    return work();
  } catch (error) {
    throw new AudioError(`its Opus stream is broken (${String(error)})`);
  }
}
