import type { Commander } from '../commander.js';
import type { PhoneHandle } from '../handle.js';
import type { Line } from '../line.js';
import { normaliseDigits } from './digits.js';

/** What can be done with calls that are there; see {@link PhoneHandle}. */
export type TalkCommands = Pick<
  PhoneHandle,
  'hold' | 'unhold' | 'swapTo' | 'transfer' | 'forward' | 'consult' | 'join' | 'resumePlayback' | 'sendDigits'
>;

/** One conversation at a time: holds every other active call. */
export async function holdOthers({ store, desk, together, run }: Commander, callId: string): Promise<void> {
  const conference = together(callId);
  const others = store.state.calls.filter(
    (call) => call.state === 'active' && !call.heldLocally && !conference.includes(call),
  );
  await Promise.all(
    others.map(({ id }) =>
      run(id, 'hold', (port) => port.act(id, { type: 'hold' })).catch((error: unknown) => {
        // One that ended meanwhile is in nobody's way.
        if (desk.call(id)?.state === 'active') throw error;
      }),
    ),
  );
}

/** @param playKey Sounds a key that was sent, for the person who pressed it. */
export function talkCommands(
  commander: Commander,
  { dial, playKey }: Pick<PhoneHandle, 'dial' | 'playKey'>,
): TalkCommands {
  const { link, desk, failures, run, number, call, together } = commander;
  const sending = new WeakMap<Line, Promise<void>>();
  const commands: TalkCommands = {
    hold: (callId) => run(callId, 'hold', (port) => port.act(callId, { type: 'hold' })),

    unhold: (callId) => run(callId, 'unhold', (port) => port.act(callId, { type: 'unhold' })),

    async swapTo(callId) {
      call(callId);
      await holdOthers(commander, callId);
      desk.select(callId);
      const held = together(callId).filter(({ heldLocally }) => heldLocally);
      await Promise.all(held.map(({ id }) => commands.unhold(id)));
    },

    async transfer(callId, to) {
      const target = number(to);
      return run(callId, 'transfer', (port) => port.act(callId, { type: 'transfer', to: target }));
    },

    async forward(callId, to) {
      const target = number(to);
      return run(callId, 'forward', (port) => port.act(callId, { type: 'forward', to: target }));
    },

    async consult(callId, to) {
      const target = number(to);
      if (!call(callId).heldLocally) await commands.hold(callId);
      return dial(target);
    },

    async join(callId, consultCallId) {
      call(consultCallId);
      return run(callId, 'join', (port) => port.act(callId, { type: 'join', consultCallId }));
    },

    async resumePlayback() {
      await Promise.all([...desk.lines.values()].map((line) => line.media.play()));
    },

    async sendDigits(callId, digits) {
      const tones = normaliseDigits(digits);
      if (!tones) throw failures.problem('invalid-number', callId);
      const line = desk.lines.get(callId);
      if (!line) throw failures.problem('wrong-state', callId);
      // Digits that are pressed meanwhile follow these.
      const sent = (sending.get(line) ?? Promise.resolve()).then(async () => {
        const { sendDigits } = await import('../../media/dtmf.js');
        await sendDigits(line.media, tones, playKey, line.over);
      });
      sending.set(
        line,
        sent.catch(() => {}),
      );
      await sent.catch(() => {
        // The far side takes none with the sound.
        if (link.port?.sendDigits) return run(callId, 'digits', (port) => port.sendDigits!(callId, tones));
        throw failures.problem('wrong-state', callId);
      });
    },
  };
  return commands;
}
