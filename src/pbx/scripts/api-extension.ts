/** An API extension: a number whose calls are answered by the scripts of a web site. */
import { randomUUID } from 'node:crypto';
import type { Call, EndReason } from '../../protocol/index.js';
import type { ApiExtension as ApiExtensionSettings } from '../accounts/index.js';
import { serviceOf } from '../exchange/index.js';
import type { Application, LegMedia, Service } from '../exchange/index.js';
import { callConnected, incomingCall } from '../notifications/index.js';
import type { Notification, Target } from '../notifications/index.js';
import { OzmlError, parseOzml } from '../ozml/index.js';
import type { Script } from '../ozml/index.js';
import type { ErrorReporter } from './error-reporter.js';
import { Failure } from './failure.js';
import type { ScriptParts } from './parts.js';
import { Run } from './run.js';
import { CallOver, ScriptCall } from './script-call.js';
import { ScriptMedia } from './script-media.js';
import { unreachable } from './unreachable.js';

/** A call to make, and where to ask what to do with it. */
export interface OutgoingCall {
  readonly dialed: string;
  /** Shown to the called party instead of this extension. */
  readonly callerId?: string | undefined;
  readonly callerDisplayName?: string | undefined;
  /** Asked when the called party answers ("CallConnected"); an empty one hangs up. */
  readonly url: string;
  /** Told what goes wrong from then on. */
  readonly errorUrl?: string | undefined;
}

export class ApiExtension implements Application {
  readonly account;
  readonly answersAtOnce = false;
  readonly service: Service;
  readonly #calls = new Map<string, ScriptCall>();
  readonly #scripts = new Set<Promise<void>>();

  constructor(
    private settings: ApiExtensionSettings,
    private readonly parts: ScriptParts,
    /** Reports to an address, or to that of the configuration. */
    private readonly errorsTo: (url?: string) => ErrorReporter,
  ) {
    const { id, name } = settings;
    this.account = { id, name, kind: 'extension', type: 'API' } as const;
    this.service = serviceOf(this);
  }

  openMedia(callId: string): LegMedia {
    const media = new ScriptMedia(this.parts.media);
    this.#calls.set(callId, new ScriptCall(callId, this.service.contact, media, this.parts.exchange));
    return media;
  }

  readonly tell: Application['tell'] = (event, data) => {
    if (event !== 'call.changed') return;
    const snapshot = data as Call;
    const call = this.#calls.get(snapshot.id);
    if (!call) return;
    const fresh = call.state === null;
    call.changed(snapshot);
    if (snapshot.state === 'ended') this.#calls.delete(snapshot.id);
    else if (fresh && snapshot.direction === 'incoming') this.#follow(this.#answer(call));
  };

  /** Works with other addresses from now on; number and name stay. */
  take(settings: ApiExtensionSettings): void {
    this.settings = settings;
  }

  /** A key the other party of one of its calls pressed. */
  digit(callId: string, digit: string): void {
    this.#calls.get(callId)?.digits.push(digit);
  }

  /**
   * Calls a number. Resolves with the session's id when it rings or was answered.
   * @throws the reason why nobody was reached, as {@link CallOver}
   */
  async call({ dialed, callerId, callerDisplayName, url, errorUrl }: OutgoingCall): Promise<string> {
    const { id, name } = this.settings;
    const callId = randomUUID();
    const media = this.openMedia(callId);
    const call = this.#calls.get(callId)!;
    const number = callerId ?? id;
    this.parts.exchange.applicationCalls.call(this.service.contact, {
      callId,
      to: dialed,
      media,
      shownCaller: { number, name: callerDisplayName ?? (callerId === undefined ? name : '') },
    });
    const errors = errorUrl === undefined ? this.errorsTo() : this.errorsTo(errorUrl);
    this.#follow(this.#connect(call, url, errors));
    await call.until(({ state }) => state === 'ringing' || state === 'active');
    return call.sessionId;
  }

  /** Resolves when no script runs any more. */
  async settled(): Promise<void> {
    await Promise.all([...this.#scripts]);
  }

  /** A call has come in: the site says what to do with it. */
  async #answer(call: ScriptCall): Promise<void> {
    const { id, incomingCallUrl, trusted } = this.settings;
    const errors = this.errorsTo();
    if (incomingCallUrl === undefined) {
      this.parts.log.warn(
        { apiExtension: id },
        'a call was rejected: the API extension has no "incomingCallUrl"',
      );
      return call.reject();
    }
    const target = { url: incomingCallUrl, trusted };
    const caller = call.remote.number;
    const question = incomingCall({ callLegId: call.id, caller, apiExtension: id });
    const script = await this.#ask(call, target, question, errors);
    if (!script || script.commands[0]?.row.name === 'Reject') return call.reject();
    await this.#run(call, script, errors, () => call.answer());
  }

  /** A call of its own: when the other party answers, the site says what happens. */
  async #connect(call: ScriptCall, url: string, errors: ErrorReporter): Promise<void> {
    try {
      await call.until(({ state }) => state === 'active');
    } catch {
      // Nobody answered; who asked for the call was told, or sees it by the call's own states.
      return;
    }
    if (url === '') return call.hangUp();
    const callee = call.remote.number;
    const question = callConnected({ callLegId: call.id, callee, apiExtension: this.settings.id });
    const script = await this.#ask(call, { url, trusted: false }, question, errors);
    if (script) await this.#run(call, script, errors, () => call.heard());
    call.hangUp();
  }

  async #run(
    call: ScriptCall,
    script: Script<'api-extension'>,
    errors: ErrorReporter,
    begin: () => Promise<void>,
  ): Promise<void> {
    const context = { apiExtension: this.settings.id, call, errors };
    const place = { apiExtension: this.settings.id, callId: call.id };
    this.parts.journal.begun(place);
    try {
      await begin();
    } catch (error) {
      if (error instanceof CallOver || call.signal.aborted) return;
      throw error;
    }
    await new Run(this.parts, context).run(script);
    this.parts.journal.ended(place);
    call.hangUp();
  }

  /** What the site wants with a call; null when that cannot be found out, which is reported. */
  async #ask(
    call: ScriptCall,
    target: Target,
    question: Notification,
    errors: ErrorReporter,
  ): Promise<Script<'api-extension'> | null> {
    try {
      const answer = await this.parts.sender.ask(target, question, { signal: call.signal });
      return parseOzml(answer, 'api-extension');
    } catch (error) {
      if (call.signal.aborted) return null;
      const known = unreachable(error, question.name, 'Url');
      if (!(known instanceof OzmlError || known instanceof Failure)) throw error;
      errors.report(known.code, known.message, call.id, this.settings.id);
      return null;
    }
  }

  #follow(script: Promise<void>): void {
    const followed = script
      .catch((error: unknown) => this.parts.log.error({ err: error }, 'a script could not be carried on'))
      .finally(() => this.#scripts.delete(followed));
    this.#scripts.add(followed);
  }
}

/** Why an outgoing call came to nothing. */
export function whyNot(error: unknown): EndReason | null {
  return error instanceof CallOver ? error.endReason : null;
}
