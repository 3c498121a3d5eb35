/** What an adapter needs for a call and only the phone can do. */
import type { SignalingEvent } from '../../signaling/port.js';
import type { Commander } from '../commander.js';

type Wish = Extract<SignalingEvent, { type: 'wanted' }>;

/** Makes an offer of a call's media as they are now: with new paths where the ones there were are broken. */
export async function fulfil({ callId }: Wish, { desk, link }: Commander): Promise<void> {
  const media = desk.lines.get(callId)?.media;
  if (!media) return;
  try {
    await media.offer(desk.call(callId)?.media === 'interrupted');
  } catch {
    // Media that cannot be described any more are of no use.
    desk.drop(callId, 'media-failed');
    return;
  }
  // What becomes of it, the command hears that needed it.
  await link.port?.describe(callId, media.takeDescription()).catch(() => {});
}
