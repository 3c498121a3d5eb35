/** Tells a site of a call of others, and carries out what it answers. */
import { NotificationError } from '../notifications/index.js';
import type { Notification, Target } from '../notifications/index.js';
import { OzmlError, parseOzml, Scope, steps } from '../ozml/index.js';
import type { ThirdPartyCommand } from '../ozml/index.js';
import type { ErrorReporter } from './error-reporter.js';
import { Failure } from './failure.js';
import type { ScriptFoundations } from './parts.js';
import type { ThirdPartyActions } from './third-party-actions.js';

type Doing<C> = (actions: ThirdPartyActions, command: C, callId: string) => unknown;
type Handlers = {
  readonly [N in ThirdPartyCommand['name']]: Doing<Extract<ThirdPartyCommand, { name: N }>>;
};

/** What each command does to a call; those that take their time are waited for. */
const HANDLERS: Handlers = {
  AttendedTransfer: (actions, { transferredCallId, targetCallId }, id) =>
    actions.attendedTransfer(transferredCallId ?? id, targetCallId),
  BlindTransfer: (actions, { callId, transferorParty, target, finishedUrl }, id) =>
    actions.blindTransfer(callId ?? id, transferorParty, target, finishedUrl),
  Forward: (actions, { callId, destination }, id) => actions.forward(callId ?? id, destination),
  Hangup: (actions, { callId }, id) => actions.hangup(callId ?? id),
  Hold: (actions, { callId }, id) => actions.hold(callId ?? id),
  Play: async (actions, { callId, party, audioFile, repeat }, id) => {
    await (
      await actions.play(callId ?? id, party, audioFile, repeat)
    ).over;
  },
  Record: (actions, { callId, format, finishedUrl }, id) => actions.record(callId ?? id, format, finishedUrl),
  SendDTMF: (actions, { callId, party, keys }, id) => actions.sendDtmf(callId ?? id, party, keys),
  Speak: async (actions, { callId, party, text, language }, id) => {
    await (
      await actions.speak(callId ?? id, party, text, language)
    ).over;
  },
  Unhold: (actions, { callId }, id) => actions.unhold(callId ?? id),
};

export class ThirdPartyReply {
  constructor(
    private readonly parts: ScriptFoundations,
    private readonly actions: ThirdPartyActions,
    private readonly errors: () => ErrorReporter,
  ) {}

  /** Never fails: the sender tries more than once and logs what it gave up; errors of the answer are reported. */
  tell(target: Target, notification: Notification, callId: string): void {
    this.#tell(target, notification, callId).catch((error: unknown) => {
      if (error instanceof NotificationError) return;
      if (error instanceof OzmlError || error instanceof Failure) {
        return this.errors().report(error.code, error.message, callId, '');
      }
      this.parts.log.error({ err: error }, 'the answer to a notification could not be carried out');
    });
  }

  async #tell(target: Target, notification: Notification, callId: string): Promise<void> {
    const { commands } = parseOzml(await this.parts.sender.tell(target, notification), 'third-party');
    const context = { apiExtension: '', callId };
    if (commands.length > 0) this.parts.journal.begun(context);
    for (const step of steps(commands, Scope.create())) {
      this.parts.journal.command(context, step.name);
      await (HANDLERS[step.name] as Doing<ThirdPartyCommand>)(this.actions, step, callId);
    }
    if (commands.length > 0) this.parts.journal.ended(context);
  }
}
