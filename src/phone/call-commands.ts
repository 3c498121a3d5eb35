import type { Commander } from './commander.js';
import type { PhoneHandle } from './handle.js';
import { newId } from './new-id.js';
import type { Placing } from './placing.js';

/** How calls begin and end; see {@link PhoneHandle}. */
export type CallCommands = Pick<
  PhoneHandle,
  'dial' | 'pickUp' | 'accept' | 'reject' | 'ignore' | 'hangUp' | 'setMuted'
>;

export function callCommands(commander: Commander, { place, prepare }: Placing): CallCommands {
  const { store, desk, failures, call, together, number, run, connected } = commander;
  /** The answer to the offer comes before what it changes. Stays open when the call ends instead: see {@link Line.over}. */
  const answered = (callId: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        const state = desk.call(callId)?.state;
        if (state === 'ringing') return;
        stop();
        if (state === 'active') resolve();
      };
      const stop = store.subscribe(look);
      look();
    });
  const reject = (callId: string) => run(callId, 'reject', (port) => port.act(callId, { type: 'reject' }));
  return {
    async dial(text, { video = false, camera = video, id = newId() } = {}) {
      const to = number(text, store.state.identity?.kind === 'line');
      return place(id, 'outgoing', to, camera, (port, callId, offer) =>
        port.startCall({ callId, to, offer, video }),
      );
    },

    async pickUp(text) {
      const extension = number(text);
      return place(newId(), 'incoming', extension, false, (port, callId, offer) =>
        port.pickUp(callId, extension, offer),
      );
    },

    async accept(callId, { video = false } = {}) {
      const { direction, state, pending } = call(callId);
      if (direction !== 'incoming' || state !== 'ringing' || pending) {
        throw failures.problem('wrong-state', callId);
      }
      await run(callId, 'accept', async (port) => {
        const line = desk.open(callId, { video });
        line.sent = true;
        desk.select(callId);
        try {
          await Promise.race([line.over, prepare(callId, line, video)]);
          await port.accept(callId, line.media.takeDescription(), video);
          await Promise.race([line.over, answered(callId)]);
        } catch (error) {
          desk.close(callId);
          throw error;
        }
      });
    },

    reject,

    ignore(callId) {
      desk.patch(callId, { ignored: true });
    },

    async hangUp(callId) {
      const { state, direction, pending } = call(callId);
      if (direction === 'incoming' && state === 'ringing' && pending !== 'accept') return reject(callId);
      if (state === 'preparing' && !desk.lines.get(callId)?.sent) {
        desk.end(callId, 'cancelled');
        return;
      }
      await run(callId, 'hang-up', async (port) => {
        // While the phone system is looked for, the person is out at once, and it hears of that later.
        if (!connected()) desk.end(callId, 'hung-up');
        try {
          await port.act(callId, { type: 'hangup' });
        } finally {
          // Whether or not the phone system answered: the person is out of this call.
          desk.end(callId, 'hung-up');
        }
      });
    },

    setMuted(callId, muted) {
      for (const { id } of together(callId)) {
        desk.patch(id, { muted });
        desk.lines.get(id)?.media.setMuted(muted);
      }
    },
  };
}
