/** The checksum of an Ogg page (RFC 3533, 6). */

const CRC = new Uint32Array(256).map((_, index) => {
  let remainder = index << 24;
  for (let bit = 0; bit < 8; bit++) {
    remainder = remainder & 0x80000000 ? (remainder << 1) ^ 0x04c11db7 : remainder << 1;
  }
  return remainder >>> 0;
});

/** The checksum of a page, with its own field taken as zero. */
export function checksum(page: Buffer): number {
  let crc = 0;
  for (let at = 0; at < page.length; at++) {
    const byte = at >= 22 && at < 26 ? 0 : page[at]!;
    crc = ((crc << 8) ^ CRC[((crc >>> 24) ^ byte) & 0xff]!) >>> 0;
  }
  return crc;
}
