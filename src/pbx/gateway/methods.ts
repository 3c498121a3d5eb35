/** What each method does, once its parameters are checked and its sender has signed in. */
import type { CheckedParams, Method, Result } from '../../protocol/index.js';
import type { Clock } from '../clock.js';
import type { Exchange } from '../exchange/index.js';
import type { Contact } from '../registrar/index.js';

/** What a method works with. */
export interface Caller {
  readonly contact: Contact;
  readonly exchange: Exchange;
  readonly clock: Clock;
  /** Does something right after the answer was sent. */
  afterwards(task: () => void): void;
  /** Signs out and closes the connection. */
  signOut(): void;
}

/** Signing in is the connection's own business: before it there is no contact. */
export type SignedInMethod = Exclude<Method, 'connection.open'>;

type Handlers = {
  readonly [M in SignedInMethod]: (
    caller: Caller,
    params: CheckedParams<M>,
  ) => Result<M> | Promise<Result<M>>;
};

const DONE = {};

export const METHODS: Handlers = {
  'connection.ping': ({ clock }) => ({ serverTime: clock.now() }),
  'connection.close': ({ afterwards, signOut }) => {
    afterwards(signOut);
    return DONE;
  },
  'call.start': async ({ contact, exchange, afterwards }, params) => {
    const { answer, proceed } = await exchange.start(contact, params);
    afterwards(proceed);
    return { answer };
  },
  'call.accept': async ({ contact, exchange }, params) => ({
    answer: await exchange.accept(contact, params),
  }),
  'call.pickup': async ({ contact, exchange }, params) => ({
    answer: await exchange.pickUp(contact, params),
  }),
  'call.reject': ({ contact, exchange }, { callId }) => {
    exchange.reject(contact, callId);
    return DONE;
  },
  'call.forward': ({ contact, exchange }, { callId, to }) => {
    exchange.forward(contact, callId, to);
    return DONE;
  },
  'call.hangup': ({ contact, exchange }, { callId }) => {
    exchange.hangUp(contact, callId);
    return DONE;
  },
  'call.hold': ({ contact, exchange }, { callId }) => {
    exchange.hold(contact, callId, true);
    return DONE;
  },
  'call.unhold': ({ contact, exchange }, { callId }) => {
    exchange.hold(contact, callId, false);
    return DONE;
  },
  'call.transfer': ({ contact, exchange }, { callId, to }) => {
    exchange.transfer(contact, callId, to);
    return DONE;
  },
  'call.join': ({ contact, exchange }, { callId, consultCallId }) => {
    exchange.join(contact, callId, consultCallId);
    return DONE;
  },
  'call.offer': async ({ contact, exchange }, { callId, offer }) => ({
    answer: await exchange.reoffer(contact, callId, offer),
  }),
  'call.candidate': async ({ contact, exchange }, params) => {
    await exchange.addCandidate(contact, params);
    return DONE;
  },
  'call.video': ({ contact, exchange }, { callId, sending }) => {
    exchange.sendingVideo(contact, callId, sending);
    return DONE;
  },
  'session.hold': ({ contact, exchange }, { sessionId }) => {
    exchange.holdSession(contact, sessionId, true);
    return DONE;
  },
  'session.unhold': ({ contact, exchange }, { sessionId }) => {
    exchange.holdSession(contact, sessionId, false);
    return DONE;
  },
  'session.close': ({ contact, exchange }, { sessionId }) => {
    exchange.closeSession(contact, sessionId);
    return DONE;
  },
  'session.transfer': ({ contact, exchange }, params) => {
    exchange.transferSession(contact, params);
    return DONE;
  },
};
