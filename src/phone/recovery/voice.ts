/**
 * The microphone of a call that goes on in this page without anybody having touched it: the browser may ask first, or
 * refuse it or the sound. Then the call is muted, so that nobody is heard who does not know it, until the person unmutes it.
 */
import { MediaError } from '../../media/media-error.js';
import type { Line } from '../line.js';
import type { ProblemCode } from '../state.js';
import type { RemedyParts } from './remedies.js';

/** How long the microphone may take before the call is muted without it, in milliseconds. */
const LATE_MS = 700;

/** @param attached Settles when the line has the microphone, or cannot have it. */
export function watchVoice(parts: RemedyParts, id: string, line: Line, attached: Promise<void>): void {
  const { desk, media, store } = parts;
  /** Muted for want of a microphone or of sound. */
  let silenced = false;
  /** The problem that said so of the sound. */
  let blocked = 0;
  const setMuted = (muted: boolean) => {
    desk.patch(id, { muted });
    line.media.setMuted(muted);
  };
  const silence = (code: ProblemCode | null) => {
    if (line.closed || desk.call(id)?.muted) return;
    silenced = true;
    setMuted(true);
    if (code) store.report(code, id);
  };

  const follow = (voice: Promise<void>) => {
    const late = setTimeout(() => silence('unheard'), LATE_MS);
    voice.then(
      () => {
        clearTimeout(late);
        // The person has just allowed it.
        if (silenced && store.state.problem?.code === 'unheard') speak();
      },
      (error: unknown) => {
        clearTimeout(late);
        silence(codeOf(error));
      },
    );
  };
  const speak = () => {
    silenced = false;
    setMuted(false);
    if (store.state.problem?.callId === id) store.set({ problem: null });
  };

  const stop = store.subscribe(() => {
    if (line.closed) return stop();
    const { problem } = store.state;
    if (problem?.code === 'playback-blocked' && problem.callId === id && problem.id !== blocked) {
      blocked = problem.id;
      silence(null);
    }
    if (!silenced || desk.call(id)?.muted) return;
    silenced = false;
    follow(media.microphone.attach(line.microphone));
  });
  follow(attached);
}

function codeOf(error: unknown): ProblemCode {
  if (!(error instanceof MediaError)) return 'internal';
  return error.code === 'microphone-refused' ? 'unheard' : error.code;
}
