/** Calls that commands and scripts make: of an API extension to somebody, and between two others. */
import type { CallInfo, Exchange } from '../exchange/index.js';
import { whyNot } from './api-extension.js';
import type { ApiExtension, OutgoingCall } from './api-extension.js';
import { CALL_STATES } from './call-states.js';
import { CONTROLLER } from './controller.js';
import type { ErrorReporter } from './error-reporter.js';
import { apiExtensionUnavailable, callConnectFailed, onExchange } from './failure.js';

/** A call to make ("Call"). */
export interface CallRequest extends OutgoingCall {
  readonly apiExtension: string;
}

/** Two to connect ("SetupCall"). */
export interface SetUpRequest {
  /** Rings first. */
  readonly caller: string;
  readonly callee: string;
  /** Told when the two are not connected in the end. */
  readonly errorUrl?: string | undefined;
}

export class OutgoingCalls {
  constructor(
    private readonly exchange: Exchange,
    private readonly extension: (id: string) => ApiExtension | undefined,
    private readonly errorsTo: (url: string) => ErrorReporter,
  ) {}

  /**
   * Resolves with the call's id when the called party's phone rings or was answered.
   * @throws Failure 401 when there is no such API extension, 402 when nobody was reached
   */
  async call({ apiExtension: id, ...call }: CallRequest): Promise<string> {
    const extension = this.extension(id);
    if (!extension) throw apiExtensionUnavailable(id);
    try {
      return await extension.call(call);
    } catch (error) {
      const why = whyNot(error);
      if (why === null) throw error;
      throw callConnectFailed(call.dialed, RESULTS[why] ?? 'Error');
    }
  }

  /**
   * Returns the call's id; the first of the two rings.
   * @throws Failure 302 when one of them cannot be reached
   */
  setUp({ caller, callee, errorUrl }: SetUpRequest): string {
    const ends: CallInfo[] = [];
    let id = '';
    const told = (call: CallInfo) => {
      if (call.session.state === 'InCall' && call.session.id === id) stop();
      if (!call.over) return;
      if (id === '') ends.push(call);
      else if (call.session.id === id) failed(call);
    };
    const stop = errorUrl === undefined ? () => {} : this.exchange.onCallChanged(told);
    const failed = ({ session }: CallInfo) => {
      stop();
      const { code, message } = callConnectFailed(callee, CALL_STATES[session.state] ?? 'Error');
      this.errorsTo(errorUrl ?? '').report(code, message, session.id, '');
    };
    try {
      id = onExchange('SetupCall', '', () => this.exchange.setUp(CONTROLLER, caller, callee), 'Caller');
    } catch (error) {
      stop();
      throw error;
    }
    const over = ends.find(({ session }) => session.id === id);
    if (over) failed(over);
    return id;
  }
}

/** The states of "Routing call states" in which calls end that nobody took. */
const RESULTS: Partial<Record<NonNullable<ReturnType<typeof whyNot>>, string>> = {
  'not-found': 'NotFound',
  unavailable: 'NotFound',
  busy: 'Busy',
  rejected: 'Busy',
  'no-answer': 'NoAnswer',
};
