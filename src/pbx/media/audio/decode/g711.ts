/** The sample that a byte of telephone sound stands for, between -1 and 1 (ITU-T G.711). */

export function mulaw(byte: number): number {
  const inverted = ~byte & 0xff;
  const magnitude = ((((inverted & 0x0f) << 3) + 0x84) << ((inverted >> 4) & 7)) - 0x84;
  return (inverted & 0x80 ? -magnitude : magnitude) / 32_768;
}

export function alaw(byte: number): number {
  const toggled = byte ^ 0x55;
  const segment = (toggled >> 4) & 7;
  const step = ((toggled & 0x0f) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return (toggled & 0x80 ? magnitude : -magnitude) / 32_768;
}
