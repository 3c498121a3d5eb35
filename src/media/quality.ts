/** How well a call is heard. */
import type { CallMediaPort } from './port.js';
import { meanOpinionScore } from './mos.js';
import { nextWarnings, type QualityWarning } from './quality-warnings.js';

const INTERVAL_MS = 2000;
/** How many samples are kept: those of five minutes. */
const KEPT = 150;

/** Loss 0 to 1; times in milliseconds; `roundTrip` null until the far side reported; `at` as `Date.now()`. */
export interface QualitySample {
  readonly at: number;
  readonly mos: number;
  readonly loss: number;
  readonly jitter: number;
  readonly roundTrip: number | null;
}

/** The latest sample, those before it, and the warnings they come to. */
export interface QualityReport {
  readonly quality: QualitySample;
  /** The latest last; those of five minutes. */
  readonly qualityLog: readonly QualitySample[];
  readonly qualityWarnings: readonly QualityWarning[];
}

/** The fields of the statistics (W3C "Identifiers for WebRTC's Statistics API") that are read here. */
interface Report {
  readonly type: string;
  readonly kind?: string;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly jitter?: number;
  readonly roundTripTime?: number;
  readonly currentRoundTripTime?: number;
  readonly nominated?: boolean;
}

/** Reports the quality every two seconds, as soon as it is known. Returns the way to stop. */
export function watchQuality(
  media: Pick<CallMediaPort, 'getStats'>,
  report: (report: QualityReport) => void,
): () => void {
  let qualityLog: readonly QualitySample[] = [];
  let qualityWarnings: readonly QualityWarning[] = [];
  let before: { received: number; lost: number } | null = null;
  let stopped = false;

  const measure = async (): Promise<void> => {
    let inbound: Report | undefined;
    let roundTrip: number | null = null;
    for (const entry of (await media.getStats()).values() as Iterable<Report>) {
      if (entry.type === 'inbound-rtp' && entry.kind === 'audio') inbound = entry;
      if (
        entry.type === 'remote-inbound-rtp' &&
        entry.kind === 'audio' &&
        entry.roundTripTime !== undefined
      ) {
        roundTrip = entry.roundTripTime * 1000;
      }
      if (entry.type === 'candidate-pair' && entry.nominated && entry.currentRoundTripTime !== undefined) {
        roundTrip ??= entry.currentRoundTripTime * 1000;
      }
    }
    if (stopped || !inbound) return;
    const received = inbound.packetsReceived ?? 0;
    const lost = Math.max(0, inbound.packetsLost ?? 0);
    const last = before;
    before = { received, lost };
    if (!last) return;
    const arrived = received - last.received;
    const missing = Math.max(0, lost - last.lost);
    // Nothing was sent, for example on hold: nothing to judge.
    if (arrived + missing <= 0) return;
    const loss = missing / (arrived + missing);
    const jitter = (inbound.jitter ?? 0) * 1000;
    const quality = {
      at: Date.now(),
      mos: meanOpinionScore(loss, jitter, roundTrip),
      loss,
      jitter,
      roundTrip,
    };
    qualityLog = [...qualityLog, quality].slice(-KEPT);
    qualityWarnings = nextWarnings(qualityLog, qualityWarnings);
    report({ quality, qualityLog, qualityWarnings });
  };

  // A connection that closes meanwhile has no statistics any more.
  const timer = setInterval(() => void measure().catch(() => {}), INTERVAL_MS);
  return () => {
    stopped = true;
    clearInterval(timer);
  };
}
