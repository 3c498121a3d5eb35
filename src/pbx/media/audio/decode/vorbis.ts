/** Reads Ogg Vorbis with libvorbis. */
import { OggVorbisDecoder, type OggVorbisDecodedAudio } from '@wasm-audio-decoders/ogg-vorbis';
import { AudioError } from '../audio-error.js';
import type { Sound } from './sound.js';

const PIECE_BYTES = 16 * 1024;

export async function* decodeVorbis(file: Buffer): AsyncGenerator<Sound> {
  const decoder = new OggVorbisDecoder();
  await decoder.ready;
  for (let at = 0; at < file.length; at += PIECE_BYTES) {
    yield* checked(await decoder.decode(file.subarray(at, at + PIECE_BYTES)));
  }
  yield* checked(await decoder.flush());
  decoder.free();
}

function* checked({
  channelData,
  samplesDecoded,
  sampleRate,
  errors,
}: OggVorbisDecodedAudio): Iterable<Sound> {
  if (errors.length > 0) throw new AudioError('its Vorbis stream is broken');
  if (samplesDecoded > 0) yield { channels: channelData, rate: sampleRate };
}
