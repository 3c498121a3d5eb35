/**
 * The system's own controls for a call (W3C Media Session): headset keys, the lock screen, the picture in picture
 * window. Set while there is a call only, so that they are the page's at all other times.
 */
import { run } from '../../common/run.js';
import { actedOn, rings, type LiveCall } from './live-call.js';

type Action = 'play' | 'hangup' | 'togglemicrophone' | 'togglecamera';

let shown: LiveCall | undefined;

const ACTIONS: Record<Action, (live: LiveCall) => void> = {
  // While it rings, the headset's key answers: the ring is what plays.
  play: (live) => {
    if (rings(live)) run(live.phone.accept(live.call.id));
  },
  hangup: ({ phone, call }) => run(phone.hangUp(call.id)),
  togglemicrophone: ({ phone, call }) => phone.setMuted(call.id, !call.muted),
  togglecamera: ({ phone, call }) => run(phone.setCamera(call.id, call.camera !== 'on')),
};

/** Shows the call that is acted on; nothing without one. */
export function showInMediaSession(live: readonly LiveCall[]): void {
  const session = (navigator as Partial<Navigator>).mediaSession;
  if (!session) return;
  const before = shown;
  shown = actedOn(live);
  if (!shown !== !before) for (const action of Object.keys(ACTIONS) as Action[]) handle(session, action);
  if (!shown) {
    if (before) Object.assign(session, { metadata: null, playbackState: 'none' });
    return;
  }
  const { name, number } = shown.call.remote;
  const [title, artist] = name ? [name, number] : [number, ''];
  // Each of these is told to the system, which takes longer than to look.
  const { metadata } = session;
  if (metadata?.title !== title || metadata.artist !== artist)
    session.metadata = new MediaMetadata({ title, artist });
  const playing = rings(shown) ? 'paused' : 'playing';
  if (session.playbackState !== playing) session.playbackState = playing;
}

/** Acts on the call that is shown; leaves the action to the page and the browser while there is none. */
function handle(session: MediaSession, action: Action): void {
  try {
    session.setActionHandler(
      action as MediaSessionAction,
      shown ? () => void (shown && ACTIONS[action](shown)) : null,
    );
  } catch {
    // An action that this browser does not know.
  }
}
