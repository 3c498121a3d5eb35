/** Whom a party hears, from what the phone system knows of its call. Pure. */
export interface Situation {
  /** The other party is there and answered. */
  readonly connected: boolean;
  /** The other party is leaving, and another one is being called for this party (blind transfer). */
  readonly waiting: boolean;
  /** The other party or a supervisor holds this one. */
  readonly held: boolean;
  /** This party holds the other. */
  readonly holding: boolean;
  /** This party transfers the other away and waits for the outcome. */
  readonly transferring: boolean;
}

export interface Hearing {
  readonly audio: 'peer' | 'music' | 'nobody';
  readonly video: 'peer' | 'nobody';
}

export function hearing({ connected, waiting, held, holding, transferring }: Situation): Hearing {
  if (waiting || (connected && held)) return { audio: 'music', video: 'nobody' };
  if (!connected || holding || transferring) return { audio: 'nobody', video: 'nobody' };
  return { audio: 'peer', video: 'peer' };
}
