/** The company's web site as the router of calls ("RoutingInterception"). */
import type { RouteDecision, RouteQuestion, Router } from '../exchange/index.js';
import { NotificationError, routingInterception } from '../notifications/index.js';
import { OzmlError, parseOzml, Scope, steps } from '../ozml/index.js';
import type { ErrorReporter } from './error-reporter.js';
import type { ScriptFoundations } from './parts.js';

export class RoutingSite implements Router {
  constructor(
    private readonly url: string,
    private readonly parts: ScriptFoundations,
    private readonly errors: () => ErrorReporter,
    /** The API extension that is named in the question: the first there is. */
    private readonly apiExtension: () => string,
  ) {}

  async decide(question: RouteQuestion): Promise<RouteDecision> {
    try {
      const answer = await this.parts.sender.ask({ url: this.url, trusted: true }, this.#ask(question));
      const [route] = steps(parseOzml(answer, 'routing').commands, Scope.create());
      if (!route) return { kind: 'pass' };
      const { destination, ringTime, callerId, dialedNumber } = route;
      if (destination === '') return { kind: 'reject' };
      return {
        kind: 'route',
        destination,
        ringMs: ringTime * 1000,
        ...(callerId !== undefined && { callerId }),
        ...(dialedNumber !== undefined && { dialedNumber }),
      };
    } catch (error) {
      // The sender has logged it; the dial plan takes over.
      if (error instanceof NotificationError) return { kind: 'unavailable' };
      if (!(error instanceof OzmlError)) throw error;
      this.errors().report(error.code, error.message, question.sessionId, this.apiExtension());
      return { kind: 'unavailable' };
    }
  }

  #ask({ callerId, originalDialed, lastDialed, lastCalled, lastState, caller }: RouteQuestion) {
    return routingInterception({
      callerId,
      originalDialedNumber: originalDialed,
      lastDialedNumber: lastDialed,
      lastCalledExtension: lastCalled,
      lastCallState: lastState,
      callerExtension: caller,
      apiExtension: this.apiExtension(),
    });
  }
}
