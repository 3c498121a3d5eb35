/** What brings the media of a call back. */
import { SignalingError } from '../../signaling/port.js';
import type { MediaPort } from '../../media/port.js';
import type { SignalingPort } from '../../signaling/port.js';
import type { CallDesk } from '../call-desk.js';
import type { Line } from '../line.js';
import type { Store } from '../store.js';

/** What the remedies work with. */
export interface RemedyParts {
  readonly desk: CallDesk;
  readonly media: MediaPort;
  readonly store: Store;
  /** The way to the phone system; null when there is none. */
  port(): SignalingPort | null;
}

/** Looks for new paths for a call's media (ICE restart); nothing else about them changes. */
export async function restartMedia(parts: RemedyParts, id: string): Promise<void> {
  const line = parts.desk.lines.get(id);
  await line?.offering;
  if (line) await offer(parts, id, line, true);
}

/**
 * Gives a call new media: in place of those it had, or, when this page has just come to know of the call, the first.
 * The phone system goes on with them on the leg there is. Resolves when it has taken them.
 */
export async function renewMedia(parts: RemedyParts, id: string): Promise<void> {
  // Its answer is of no use to other media.
  await parts.desk.lines.get(id)?.offering;
  // It may be over by now.
  if ((parts.desk.call(id)?.state ?? 'ended') === 'ended') return;
  const known = parts.desk.lines.has(id);
  const line = parts.desk.open(id);
  line.sent = true;
  if (!known) {
    const attached = parts.media.microphone.attach(line.microphone);
    import('./voice.js').then(({ watchVoice }) => watchVoice(parts, id, line, attached), console.warn);
    // Without one the call can still be heard; that part sees to it.
    attached.catch(() => {});
  }
  await offer(parts, id, line, false);
}

async function offer({ desk, port }: RemedyParts, id: string, line: Line, restart: boolean): Promise<void> {
  const { media } = line;
  await media.offer(restart);
  // Others took their place, or the call is over.
  if (desk.lines.get(id)?.media !== media) return;
  const way = port();
  if (!way) throw new SignalingError('down', 'Not connected to the phone system.');
  const answered = way.describe(id, media.takeDescription());
  line.offering = answered.catch(() => {});
  await answered;
}
