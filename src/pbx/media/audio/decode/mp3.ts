/** Reads MP3 (and its elder layers) with mpg123. */
import { MPEGDecoder } from 'mpg123-decoder';
import { ForeignFormat, type Sound } from './sound.js';

const PIECE_BYTES = 16 * 1024;

/** Whether a file begins with an ID3 tag or with a frame of MPEG audio. */
export function isMp3(file: Buffer): boolean {
  if (file.toString('latin1', 0, 3) === 'ID3') return true;
  if (file.length < 4 || file[0] !== 0xff || (file[1]! & 0xe0) !== 0xe0) return false;
  const [version, layer] = [(file[1]! >> 3) & 3, (file[1]! >> 1) & 3];
  const [bitRate, rate] = [file[2]! >> 4, (file[2]! >> 2) & 3];
  // Values that are reserved; layer 0 is AAC.
  return version !== 1 && layer !== 0 && bitRate !== 15 && rate !== 3;
}

export async function* decodeMp3(file: Buffer): AsyncGenerator<Sound> {
  const decoder = new MPEGDecoder();
  await decoder.ready;
  let found = false;
  for (let at = 0; at < file.length; at += PIECE_BYTES) {
    const { channelData, samplesDecoded, sampleRate } = decoder.decode(file.subarray(at, at + PIECE_BYTES));
    if (samplesDecoded === 0) continue;
    found = true;
    yield { channels: channelData, rate: sampleRate };
  }
  decoder.free();
  // An ID3 tag stands before other formats, too.
  if (!found) throw new ForeignFormat('something like MP3 without a frame of it');
}
