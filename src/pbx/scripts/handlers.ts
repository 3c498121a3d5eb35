/** What each command of an API extension does. */
import { setTimeout as delay } from 'node:timers/promises';
import { goTo } from '../notifications/index.js';
import type { ApiExtensionCommand, Step } from '../ozml/index.js';
import { Failure } from './failure.js';
import { recordCall } from './record-call.js';
import type { Outcome, Run } from './run.js';
import { userInput } from './user-input.js';

export interface StepContext {
  /** Aborted when the call is over, or a key cuts off what a menu says. */
  readonly signal: AbortSignal;
  /** It stands in a menu. */
  readonly nested: boolean;
}

type Doing<C> = (run: Run, step: C, context: StepContext) => Outcome | Promise<Outcome>;
type StepName = Step<'api-extension'>['name'];
type Handlers = { readonly [N in StepName]: Doing<Extract<ApiExtensionCommand, { name: N }>> };

/** One of them, for whoever has looked it up by the step's own name. */
export type Handler = Doing<Step<'api-extension'>>;

export const HANDLERS: Handlers = {
  BlindTransfer: async (run, { target }) => {
    run.tookTime();
    await run.call.transfer(target);
    // The caller is back: the script goes on, and may say so.
    return undefined;
  },

  Call: async (run, { dialed, apiExtension, callerId, callerDisplayName, url, errorUrl }) => {
    const from = apiExtension ?? run.apiExtension;
    await unlessFailed(run, () =>
      run.parts.outgoing.call({ apiExtension: from, dialed, callerId, callerDisplayName, url, errorUrl }),
    );
    return undefined;
  },

  Delay: async (run, { time }, { signal }) => {
    if (time > 0) run.tookTime();
    await delay(time * 1000, undefined, { signal });
    return undefined;
  },

  GoTo: async (run, { url }) => ({
    goTo: await run.ask('GoTo', 'URL', url, goTo()),
  }),

  Hangup: (run) => {
    run.call.hangUp();
    return 'over';
  },

  Play: async (run, { audioFile, repeat }, { signal }) => {
    const clip = await run.parts.sounds.file('Play', audioFile, signal);
    run.tookTime();
    await run.call.play(clip, { repeat, signal });
    return undefined;
  },

  Record: async (run, step, { signal }) => {
    run.tookTime();
    return recordCall(run, step, signal);
  },

  // A script that begins with it is not run: see `api-extension.ts`. Where a call was answered before, it hangs up.
  Reject: (run) => {
    run.call.hangUp();
    return 'over';
  },

  SendEmail: async (run, { sender, recipient, subject, message }) => {
    await unlessFailed(run, () => run.parts.messages.email({ sender, recipient, subject, message }));
    return undefined;
  },

  SendSms: async (run, { apiExtension, sender, recipient, message, deliveryReportUrl }) => {
    const from = apiExtension ?? run.apiExtension;
    await unlessFailed(run, () =>
      run.parts.messages.sms({ apiExtension: from, sender, recipient, message, deliveryReportUrl }),
    );
    return undefined;
  },

  Speak: async (run, { text, language }, { signal }) => {
    const clip = await run.parts.sounds.speech('Speak', text, language);
    run.tookTime();
    await run.call.play(clip, { signal });
    return undefined;
  },

  UserInput: async (run, step, { signal, nested }) => {
    run.tookTime();
    return userInput(run, step, nested, signal);
  },
};

/** What goes out of a call and fails is reported, and the call goes on: whoever is in it cannot help it. */
async function unlessFailed(run: Run, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    run.fail(error);
  }
}
