/** The words for how well a call is heard, worst first. */
export const QUALITY_WORDS = ['qualityPoor', 'qualityFair', 'qualityGood'] as const;

/** Poor, fair or good, as an index of {@link QUALITY_WORDS} (user satisfaction after ITU-T G.107 annex B). */
export function qualityLevel(mos: number): 0 | 1 | 2 {
  return mos < 3.1 ? 0 : mos < 3.8 ? 1 : 2;
}
