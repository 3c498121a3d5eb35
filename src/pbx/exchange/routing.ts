/**
 * Somebody outside who decides where calls go, before the dial plan does: the web site of a company
 * ("RoutingInterception"). It is asked when a number was dialled, and again each time nobody was reached there.
 */
import type { EndReason } from '../../protocol/index.js';
import { MAX_HOPS, route } from '../dial-plan/index.js';
import type { Contact } from '../registrar/index.js';
import { finish } from './ending.js';
import { place, reachable, routeFor } from './ringing.js';
import type { Session } from './session.js';
import { isFinal } from './session-states.js';
import type { Switchboard } from './switchboard.js';

/** What became of the attempt before; `Calling` before the first ("Routing call states"). */
export type LastCallState = 'Calling' | 'NoAnswer' | 'Busy' | 'NotFound' | 'Error';

export interface RouteQuestion {
  readonly sessionId: string;
  /** The number of the caller, and what it wants to be shown as. */
  readonly caller: string;
  readonly callerId: string;
  readonly originalDialed: string;
  readonly lastDialed: string;
  /** The extension that was called last; empty before the first. */
  readonly lastCalled: string;
  readonly lastState: LastCallState;
}

export type RouteDecision =
  /** Call this number, or through the outside line of this name; the dial plan's rules do not count for it. */
  | {
      readonly kind: 'route';
      readonly destination: string;
      readonly ringMs: number;
      /** Whom the called party is shown as the caller; the caller itself without it. */
      readonly callerId?: string;
      /** The number to dial through an outside line. */
      readonly dialedNumber?: string;
    }
  | { readonly kind: 'reject' }
  /** No opinion: the dial plan decides, or the call ends where it was tried already. */
  | { readonly kind: 'pass' }
  /** No answer: as `pass`, and the rest of this call is not asked about. */
  | { readonly kind: 'unavailable' };

export interface Router {
  /** Decides within a bounded time. */
  decide(question: RouteQuestion): Promise<RouteDecision>;
}

/** How often one call is asked about: a site that sends it round and round must come to an end. */
export const MAX_DECISIONS = 20;

const LAST_STATES = { 'no-answer': 'NoAnswer', reject: 'Busy', 'not-found': 'NotFound' } as const;

/** Looks for whom a number is: by the router if there is one, else by the dial plan. */
export function seek(board: Switchboard, session: Session, asker: Contact, to: string): void {
  const byDialPlan = () => place(board, session, routeFor(board, asker, session.caller, to, session.hops));
  const { router } = board;
  if (!router) return byDialPlan();
  new Search(board, session, router, byDialPlan).ask('Calling', 'not-found');
}

class Search {
  #decisions = 0;
  #lastDialed: string;
  #lastCalled = '';

  constructor(
    private readonly board: Switchboard,
    private readonly session: Session,
    private readonly router: Router,
    private readonly byDialPlan: () => void,
  ) {
    this.#lastDialed = session.dialed;
  }

  /** `reason` is why nobody was reached before. */
  ask(lastState: LastCallState, reason: EndReason): void {
    const { session, board } = this;
    this.#decisions += 1;
    session.seekOn = null;
    const caller = session.caller.party.number;
    const question: RouteQuestion = {
      sessionId: session.id,
      caller,
      callerId: session.shownCaller?.number ?? caller,
      originalDialed: session.dialed,
      lastDialed: this.#lastDialed,
      lastCalled: this.#lastCalled,
      lastState,
    };
    this.router
      .decide(question)
      .catch((error: unknown): RouteDecision => {
        board.log.error({ err: error, sessionId: session.id }, 'the routing of a call failed');
        return { kind: 'unavailable' };
      })
      .then((decision) => board.happen(() => this.#decided(decision, lastState, reason)))
      // `happen` reports what fails in it; nothing is left to go wrong.
      .catch(() => {});
  }

  #decided(decision: RouteDecision, lastState: LastCallState, reason: EndReason): void {
    const { board, session } = this;
    // Hung up, or sent on by somebody else, in the meantime.
    if (isFinal(session.state)) return;
    if (decision.kind === 'reject') return finish(board, session, 'reject', () => 'rejected');
    const askAgain = decision.kind !== 'unavailable' && this.#decisions < MAX_DECISIONS;
    session.seekOn = askAgain ? (event, why) => this.ask(LAST_STATES[event], why) : null;
    if (decision.kind === 'route') return this.#try(decision);
    if (lastState === 'Calling') return this.byDialPlan();
    // Nobody knows another number: the call ends as the last attempt did.
    session.seekOn = null;
    finish(board, session, ENDINGS[lastState], () => reason);
  }

  #try({ destination, ringMs, callerId, dialedNumber }: Extract<RouteDecision, { kind: 'route' }>): void {
    const { board, session } = this;
    if (callerId !== undefined) session.shownCaller = { number: callerId, name: '' };
    this.#lastDialed = dialedNumber ?? destination;
    this.#lastCalled = destination;
    board.log.debug({ sessionId: session.id }, 'the router of calls decided');
    const { hops, caller, dialed } = session;
    const line = board.lines.named(destination);
    if (line && hops <= MAX_HOPS) {
      const party = { number: dialedNumber ?? dialed, name: '' };
      return place(board, session, { kind: 'line', line: line.account.id, party, ringMs });
    }
    const request = { to: destination, caller: caller.party.number, only: null, hops };
    const found = route(request, { rules: [], ringSeconds: ringMs / 1000 }, board.directory);
    place(board, session, reachable(board, caller, found));
  }
}

const ENDINGS = {
  NoAnswer: 'no-answer',
  Busy: 'reject',
  NotFound: 'not-found',
  Error: 'not-found',
} as const;
