/** WAV: 16 bits, mono, 48 kHz. */
import { SAMPLE_RATE, type RecordingEncoder } from './recording-encoder.js';

const HEADER_BYTES = 44;
/** Lengths are of 32 bits; this many bytes and no more fit with the header. Over twelve hours. */
const MAX_BYTES = 2 ** 32 - 2;
/** While the length is not known. Programs take it for a file that goes on to its end. */
const UNKNOWN = 2 ** 32 - 1;

export class WavEncoder implements RecordingEncoder {
  readonly maxBytes = MAX_BYTES;

  start(): Buffer {
    return header(UNKNOWN, UNKNOWN);
  }

  write(frame: Int16Array): Buffer {
    // WAV is little-endian, as is every machine Node runs on but one kind.
    const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
    return LITTLE_ENDIAN ? bytes : Buffer.from(bytes).swap16();
  }

  end(): Buffer {
    return Buffer.alloc(0);
  }

  corrected(fileBytes: number): Buffer {
    return header(fileBytes - 8, fileBytes - HEADER_BYTES);
  }

  free(): void {}
}

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function header(riffBytes: number, dataBytes: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.write('RIFF    WAVEfmt ');
  bytes.writeUInt32LE(riffBytes, 4);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20); // PCM
  bytes.writeUInt16LE(1, 22); // channels
  bytes.writeUInt32LE(SAMPLE_RATE, 24);
  bytes.writeUInt32LE(SAMPLE_RATE * 2, 28);
  bytes.writeUInt16LE(2, 32); // bytes of a frame
  bytes.writeUInt16LE(16, 34); // bits
  bytes.write('data', 36);
  bytes.writeUInt32LE(dataBytes, 40);
  return bytes;
}
