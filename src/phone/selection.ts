import type { PhoneCall } from './state.js';

/** Which calls are taken first when the selected one is over; of the same kind, the newest. */
const PREFERENCE: readonly ((call: PhoneCall) => boolean)[] = [
  (call) => call.state === 'active' && !call.heldLocally,
  (call) => call.direction === 'outgoing' && call.state !== 'active' && call.state !== 'ended',
  (call) => call.state === 'active',
  (call) => call.state !== 'ended',
];

/**
 * The call the controls act on. It stays while it lives, so a call that comes in during another does not take
 * its place; when it is over, the next one does, and without any it stays until its reason was read.
 */
export function chooseSelected(calls: readonly PhoneCall[], selectedId: string | null): string | null {
  const selected = calls.find(({ id }) => id === selectedId);
  if (selected && selected.state !== 'ended') return selected.id;
  for (const preferred of PREFERENCE) {
    const call = calls.findLast(preferred);
    if (call) return call.id;
  }
  return selected?.id ?? calls.at(-1)?.id ?? null;
}
