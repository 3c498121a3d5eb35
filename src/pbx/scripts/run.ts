/** One script of an API extension on its way: command after command, and the scripts it leads to. */
import { dtmfEntered } from '../notifications/index.js';
import type { Notification } from '../notifications/index.js';
import { OzmlError, parseOzml, Scope, steps } from '../ozml/index.js';
import type { Command, Script } from '../ozml/index.js';
import type { ErrorReporter } from './error-reporter.js';
import { Failure, FAILURE } from './failure.js';
import { unreachable } from './unreachable.js';
import { HANDLERS } from './handlers.js';
import type { Handler } from './handlers.js';
import type { ScriptPlace } from './journal.js';
import type { ScriptParts } from './parts.js';
import { CallOver } from './script-call.js';
import type { ScriptCall } from './script-call.js';

/** What a command means for the rest of its script; undefined: the next one follows. */
export type Outcome = { readonly goTo: Scripts } | 'back' | 'over' | undefined;
type Scripts = Script<'api-extension'> | Script<'message'>;

/** Scripts in a row that only led to each other; more are going round in circles. */
const MAX_IDLE_SCRIPTS = 20;
/** All scripts of one call. */
const MAX_SCRIPTS = 1000;

/** Where a script runs. */
export interface RunContext {
  /** The API extension it runs for. */
  readonly apiExtension: string;
  /** Its call; null where there is none, as after a message. */
  readonly call: ScriptCall | null;
  readonly errors: ErrorReporter;
}

export class Run {
  readonly #scope = Scope.create();
  #scripts = 0;
  #idle = 0;

  constructor(
    readonly parts: ScriptParts,
    readonly context: RunContext,
  ) {}

  get apiExtension(): string {
    return this.context.apiExtension;
  }

  /** Its call; only commands that need one ask, and the tables keep them from running without. */
  get call(): ScriptCall {
    const { call } = this.context;
    if (!call) throw new Error('This command needs a call.');
    return call;
  }

  /** For the journal. */
  get place(): ScriptPlace {
    const { apiExtension, call } = this.context;
    return { apiExtension, callId: call?.id ?? '' };
  }

  /** Runs a script and those it leads to. Never rejects: what goes wrong is reported, and nothing further runs. */
  async run(first: Scripts): Promise<void> {
    const signal = this.context.call?.signal ?? new AbortController().signal;
    try {
      for (let script: Scripts | null = first; script;) {
        const outcome = await this.commands(script.commands as Command<'api-extension'>[], signal);
        script = typeof outcome === 'object' ? outcome.goTo : null;
      }
    } catch (error) {
      this.fail(error);
    }
  }

  /** Carries out commands; those of a menu with its scope. */
  async commands(
    commands: readonly Command<'api-extension'>[],
    signal: AbortSignal,
    menu?: Scope,
  ): Promise<Outcome> {
    const nested = menu !== undefined;
    for (const step of steps(commands, menu ?? this.#scope)) {
      signal.throwIfAborted();
      this.parts.journal.command(this.place, step.name);
      const outcome = await (HANDLERS[step.name] as Handler)(this, step, { signal, nested });
      if (outcome) return outcome;
    }
    return undefined;
  }

  /** Something took its time, so that the script is not just going round. */
  tookTime(): void {
    this.#idle = 0;
  }

  /**
   * Asks the site what to do next.
   * @throws OzmlError for what it answers, {@link Failure} when it does not
   */
  async ask(command: string, parameter: string, url: string, notification: Notification): Promise<Scripts> {
    this.#scripts += 1;
    this.#idle += 1;
    if (this.#idle > MAX_IDLE_SCRIPTS || this.#scripts > MAX_SCRIPTS) throw OzmlError.inappropriate(command);
    const { call } = this.context;
    const options = call ? { signal: call.signal } : {};
    let answer: string;
    try {
      answer = await this.parts.sender.ask({ url, trusted: false }, notification, options);
    } catch (error) {
      throw unreachable(error, command, parameter);
    }
    return call ? parseOzml(answer, 'api-extension') : parseOzml(answer, 'message');
  }

  /** Hands keys to the site; what it answers runs in place of the menu. */
  async forwardDigits(url: string, digits: string, signal: AbortSignal): Promise<Outcome> {
    const notification = dtmfEntered({
      dtmfDigits: digits,
      callLegId: this.call.id,
      apiExtension: this.apiExtension,
    });
    const script = await this.ask('UserInput', 'ForwardToUrl', url, notification);
    return this.commands(script.commands as Command<'api-extension'>[], signal);
  }

  /** Reports what went wrong. That the call is over is nothing wrong. */
  fail(error: unknown): void {
    const { call, errors } = this.context;
    if (error instanceof CallOver || call?.signal.aborted) return;
    if (error instanceof OzmlError || error instanceof Failure) {
      errors.report(error.code, error.message, call?.id ?? '', this.apiExtension);
    } else {
      this.parts.log.error({ err: error }, 'a script could not be carried on');
      errors.report(
        FAILURE.inappropriate,
        'The phone system could not carry out the script. Its log says why.',
        call?.id ?? '',
        this.apiExtension,
      );
    }
  }
}
