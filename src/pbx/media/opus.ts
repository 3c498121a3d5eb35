/** What has to be known of Opus without decoding it (RFC 6716, 3.1). */

export const OPUS_CLOCK_RATE = 48_000;
/** 20 milliseconds of silence, the smallest packet there is. */
export const OPUS_SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);
/** The longest an Opus packet can last, in samples: 120 ms. */
const MAX_SAMPLES = 5760;

/** How long a packet lasts, in samples at 48 kHz; 0 when it is not an Opus packet. */
export function opusSamples(packet: Buffer): number {
  if (packet.length === 0) return 0;
  const config = packet[0]! >> 3;
  const samples = frameSamples(config) * frameCount(packet);
  return samples > MAX_SAMPLES ? 0 : samples;
}

function frameSamples(config: number): number {
  if (config < 12) return [480, 960, 1920, 2880][config & 3]!;
  if (config < 16) return [480, 960][config & 1]!;
  return [120, 240, 480, 960][config & 3]!;
}

function frameCount(packet: Buffer): number {
  const code = packet[0]! & 3;
  if (code === 0) return 1;
  if (code < 3) return 2;
  return packet.length < 2 ? 0 : packet[1]! & 63;
}
