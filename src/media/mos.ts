/**
 * Mean opinion score by the E-model (ITU-T G.107) with its default values: 1 to 4.5.
 *
 * @param loss Packets lost, 0 to 1.
 * @param jitter Milliseconds.
 * @param roundTrip Milliseconds; null counts as none.
 */
export function meanOpinionScore(loss: number, jitter: number, roundTrip: number | null): number {
  // One way, with a jitter buffer of twice the jitter, and 30 ms for packets of 20 ms and the codec.
  const delay = (roundTrip ?? 0) / 2 + 2 * jitter + 30;
  const delayImpairment = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0);
  // Opus with concealment: no impairment of its own, robustness to loss (Bpl) 10.
  const percent = loss * 100;
  const lossImpairment = (95 * percent) / (percent + 10);
  const r = Math.min(100, Math.max(0, 93.2 - delayImpairment - lossImpairment));
  return Math.max(1, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6);
}
