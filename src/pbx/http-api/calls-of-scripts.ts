/** The commands for calls, carried out by what scripts use, too. */
import type { PhoneSystem } from '../phone-system.js';
import { CALL_STATES } from '../scripts/index.js';
import type { ActiveCall, CallCommands } from './call-commands.js';

export function callCommandsOf({ scripts }: PhoneSystem): CallCommands {
  const { thirdParty, outgoing } = scripts;
  return {
    call: async (call) => ({ callId: await outgoing.call(call) }),
    setupCall: (call) => settled(() => ({ callId: outgoing.setUp(call) })),
    attendedTransfer: ({ transferredCallId, targetCallId }) =>
      settled(() => thirdParty.attendedTransfer(transferredCallId, targetCallId)),
    blindTransfer: ({ callId, transferorParty, target }) =>
      settled(() => thirdParty.blindTransfer(callId, transferorParty, target)),
    forward: ({ callId, destination }) => settled(() => thirdParty.forward(callId, destination)),
    hangup: ({ callId }) => settled(() => thirdParty.hangup(callId)),
    hold: ({ callId }) => settled(() => thirdParty.hold(callId)),
    unhold: ({ callId }) => settled(() => thirdParty.unhold(callId)),
    play: async ({ callId, party, audioFile, repeat }) => {
      await thirdParty.play(callId, party, audioFile, repeat);
    },
    record: ({ callId, format, finishedUrl }) => thirdParty.record(callId, format, finishedUrl),
    sendDtmf: ({ callId, party, keys }) => thirdParty.sendDtmf(callId, party, keys),
    speak: async ({ callId, party, text, language }) => {
      await thirdParty.speak(callId, party, text, language);
    },
    activeCalls: () => activeCalls(thirdParty.calls()),
  };
}

/** What throws at once rejects as what fails later does. */
function settled<T>(act: () => T): Promise<T> {
  return new Promise((resolve) => resolve(act()));
}

/** Those in a state that has a name; of one that is being set up or transferred nobody is told yet. */
function activeCalls(calls: ReturnType<PhoneSystem['scripts']['thirdParty']['calls']>): ActiveCall[] {
  const now = Date.now();
  return calls.flatMap(({ session, callerId, answeredAt }) => {
    const answered = answeredAt !== null;
    const callState = CALL_STATES[session.state] ?? (answered ? 'InCall' : 'Ringing');
    const { ms, since } = session.talk;
    return {
      callId: session.id,
      callState,
      source: session.source,
      callerId,
      destination: session.destination,
      startedAt: session.startedAt,
      ringMs: (answeredAt ?? now) - session.startedAt,
      talkMs: ms + (since === null ? 0 : now - since),
    };
  });
}
