/**
 * Keys for calls, anywhere on the page but where somebody types. With Alt and Shift, since single letters belong to
 * the page and to screen readers (WCAG 2.1.4), and Ctrl to the browser.
 */
import { run } from '../../common/run.js';
import { actedOn, rings, type LiveCall } from './live-call.js';

/** What each letter does to the call that is acted on. */
const KEYS: Record<string, (live: LiveCall) => void> = {
  // Accept, without or with video; Reject.
  A: (live) => {
    if (rings(live)) run(live.phone.accept(live.call.id));
  },
  V: (live) => {
    if (rings(live)) run(live.phone.accept(live.call.id, { video: true }));
  },
  R: (live) => {
    if (rings(live)) run(live.phone.reject(live.call.id));
  },
  // Ignore: silence it here.
  I: (live) => {
    if (rings(live)) live.phone.ignore(live.call.id);
  },
  // Hang up; Mute; Hold; Camera.
  H: (live) => {
    if (!rings(live)) run(live.phone.hangUp(live.call.id));
  },
  M: ({ phone, call }) => {
    if (call.state === 'active') phone.setMuted(call.id, !call.muted);
  },
  O: ({ phone, call }) => {
    if (call.state === 'active') run(call.heldLocally ? phone.unhold(call.id) : phone.hold(call.id));
  },
  C: ({ phone, call }) => {
    if (call.state === 'active') run(phone.setCamera(call.id, call.camera !== 'on'));
  },
};

/** Keys that concern what rings, also while there is another call. */
const RINGING = 'AVRI';

let live: readonly LiveCall[] = [];

/** Acts on keys for these calls. */
export function followKeys(now: readonly LiveCall[]): void {
  live = now;
  const act = live.length ? addEventListener : removeEventListener;
  act('keydown', press, { capture: true });
}

/** Acts on a key, when it is one of ours; the page does not hear of it then. */
function press(event: KeyboardEvent): void {
  if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || event.repeat) return;
  if (event.defaultPrevented || typesIn(event.composedPath()[0])) return;
  // Alt makes other characters of letters on some keyboards: the place of the key counts then.
  const typed = event.key.toUpperCase();
  const key = /^[A-Z]$/.test(typed) ? typed : event.code.replace(/^Key/, '');
  const act = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
  const one = RINGING.includes(key) ? live.find(rings) : actedOn(live.filter((other) => !rings(other)));
  if (!act || !one) return;
  event.preventDefault();
  event.stopPropagation();
  act(one);
}

/** Whether keys are text where an event happened. */
function typesIn(target: EventTarget | undefined): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role=textbox], [role=combobox]'))
  );
}
