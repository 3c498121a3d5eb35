/** The level of one frequency in a window of samples (Goertzel, Hann), in dB below full scale. */
export function level(samples: Float32Array, hz: number, rate = 48_000): number {
  const step = 2 * Math.cos((2 * Math.PI * hz) / rate);
  let [one, two] = [0, 0];
  for (let at = 0; at < samples.length; at++) {
    const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / samples.length);
    [one, two] = [samples[at]! * hann + step * one - two, one];
  }
  const power = one * one + two * two - step * one * two;
  return 10 * Math.log10((16 * power) / samples.length ** 2 + 1e-12);
}
