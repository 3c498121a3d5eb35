/** The VP8 payload descriptor (RFC 7741, 4.2): finds key frames, and renumbers pictures when the source changes. */

export interface Vp8Descriptor {
  /** The packet starts a key frame. */
  readonly keyFrame: boolean;
  /** Where the picture ID lies, its width in bits, and its value; null when there is none. */
  readonly pictureId: { readonly at: number; readonly bits: 7 | 15; readonly value: number } | null;
  /** Where the number of the base layer's picture lies and its value; null when there is none. */
  readonly baseLayer: { readonly at: number; readonly value: number } | null;
}

/** Reads the descriptor; null when the payload is too short to be VP8. */
export function readVp8(payload: Buffer): Vp8Descriptor | null {
  if (payload.length < 1) return null;
  const startOfFrame = (payload[0]! & 0x17) === 0x10;
  let at = 1;
  let pictureId: Vp8Descriptor['pictureId'] = null;
  let baseLayer: Vp8Descriptor['baseLayer'] = null;
  if (payload[0]! & 0x80) {
    if (payload.length < 2) return null;
    const extensions = payload[at++]!;
    if (extensions & 0x80) {
      if (payload.length < at + 2) return null;
      const wide = (payload[at]! & 0x80) !== 0;
      const value = wide ? payload.readUInt16BE(at) & 0x7fff : payload[at]! & 0x7f;
      pictureId = { at, bits: wide ? 15 : 7, value };
      at += wide ? 2 : 1;
    }
    if (extensions & 0x40) {
      if (payload.length <= at) return null;
      baseLayer = { at, value: payload[at]! };
      at += 1;
    }
    if (extensions & 0x30) at += 1;
  }
  // The frame header's first bit is 0 on a key frame (RFC 6386, 9.1).
  const keyFrame = startOfFrame && payload.length > at && (payload[at]! & 0x01) === 0;
  return { keyFrame, pictureId, baseLayer };
}

/**
 * Keeps picture numbers going up for one viewer: a decoder takes a picture numbered below the last one for an old
 * one and drops it.
 */
export class PictureNumbers {
  #pictureOffset = 0;
  #baseOffset = 0;
  #picture: number | null = null;
  #base: number | null = null;

  /** The payload with its numbers as the viewer shall see them; `first` with the first packet of another source. */
  renumber(payload: Buffer, descriptor: Vp8Descriptor, first: boolean): Buffer {
    const { pictureId, baseLayer } = descriptor;
    if (first) {
      this.#pictureOffset = pictureId && this.#picture !== null ? this.#picture + 1 - pictureId.value : 0;
      this.#baseOffset = baseLayer && this.#base !== null ? this.#base + 1 - baseLayer.value : 0;
    }
    if (this.#pictureOffset === 0 && this.#baseOffset === 0) {
      this.#picture = pictureId?.value ?? this.#picture;
      this.#base = baseLayer?.value ?? this.#base;
      return payload;
    }
    const copy = Buffer.from(payload);
    if (pictureId) {
      const mask = pictureId.bits === 15 ? 0x7fff : 0x7f;
      this.#picture = (pictureId.value + this.#pictureOffset) & mask;
      if (pictureId.bits === 15) copy.writeUInt16BE(0x8000 | this.#picture, pictureId.at);
      else copy[pictureId.at] = this.#picture;
    }
    if (baseLayer) {
      this.#base = (baseLayer.value + this.#baseOffset) & 0xff;
      copy[baseLayer.at] = this.#base;
    }
    return copy;
  }
}
