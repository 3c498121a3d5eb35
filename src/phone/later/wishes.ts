/** What is needed for a call and only the phone can do. */
import type { SignalingEvent } from '../../signaling/port.js';
import type { Commander } from '../commander.js';
import type { PhoneHandle } from '../handle.js';

type Wish = Extract<SignalingEvent, { type: 'wanted' }>;

/** What fails is told as every command's failure is, and the adapter hears that it was not done. */
export async function fulfil(
  wish: Wish,
  { desk, link }: Commander,
  phone: Pick<PhoneHandle, 'accept' | 'dial'>,
): Promise<void> {
  const { callId } = wish;
  try {
    if (wish.what === 'dial') await phone.dial(wish.to, { id: callId });
    else if (wish.what === 'accept') await phone.accept(callId);
    else await offer(wish.restart);
  } catch {
    await link.port?.act(callId, { type: 'reject' }).catch(() => {});
  }

  /** Describes the media as they are now: with new paths where that is wanted, or the ones there were are broken. */
  async function offer(restart: boolean): Promise<void> {
    const media = desk.lines.get(callId)?.media;
    if (!media) return;
    try {
      await media.offer(restart || desk.call(callId)?.media === 'interrupted');
    } catch {
      // Media that cannot be described any more are of no use.
      desk.drop(callId, 'media-failed');
      return;
    }
    // What becomes of it, the command hears that needed it.
    await link.port?.describe(callId, media.takeDescription()).catch(() => {});
  }
}
