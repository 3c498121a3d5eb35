/** What each method does, once its parameters are checked and its sender has signed in. */
import { ProtocolError } from '../../protocol/index.js';
import type { CheckedParams, Method, Result } from '../../protocol/index.js';
import type { Exchange } from '../exchange/index.js';
import type { TextMessages } from '../messages/index.js';
import type { Contact } from '../registrar/index.js';
import type { CallHistory } from '../storage/call-records.js';
import type { Directory } from './directory.js';

/** What a method works with. */
export interface Caller {
  readonly contact: Contact;
  readonly exchange: Exchange;
  readonly directory: Directory;
  readonly history: CallHistory;
  readonly messages: TextMessages;
  /** Throws `rate-limited` when this connection searches the history too often. */
  limitSearches(): void;
  /** Throws `rate-limited` when this connection sends messages too often. */
  limitMessages(): void;
  /** Whether phones may break the media of their own calls. */
  readonly maySimulateFaults: boolean;
  /** Does something right after the answer was sent. */
  afterwards(task: () => void): void;
  /** Signs out and closes the connection. */
  signOut(): void;
}

/** These are the business of the connection and its client themselves. */
export type OpenMethod = 'connection.open' | 'connection.resume' | 'connection.ping' | 'webphone.check';
export type SignedInMethod = Exclude<Method, OpenMethod>;

type Handlers = {
  readonly [M in SignedInMethod]: (
    caller: Caller,
    params: CheckedParams<M>,
  ) => Result<M> | Promise<Result<M>>;
};

const DONE = {};

export const METHODS: Handlers = {
  'connection.close': ({ afterwards, signOut }) => {
    afterwards(signOut);
    return DONE;
  },
  'call.start': async ({ contact, exchange, afterwards }, params) => {
    const { answer, proceed } = await exchange.start(contact, params);
    afterwards(proceed);
    return { answer };
  },
  'call.accept': async ({ contact, exchange, afterwards }, params) => {
    const { answer, proceed } = await exchange.accept(contact, params);
    afterwards(proceed);
    return { answer };
  },
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
  'call.merge': ({ contact, exchange }, { callIds }) => ({
    conferenceId: exchange.merge(contact, callIds),
  }),
  'call.split': ({ contact, exchange }, { callId }) => {
    exchange.split(contact, callId);
    return DONE;
  },
  'call.offer': async ({ contact, exchange }, { callId, offer }) => ({
    answer: await exchange.reoffer(contact, callId, offer),
  }),
  'call.candidate': async ({ contact, exchange }, params) => {
    await exchange.addCandidate(contact, params);
    return DONE;
  },
  'call.break': async ({ contact, exchange, maySimulateFaults }, { callId }) => {
    if (!maySimulateFaults)
      throw new ProtocolError('forbidden', 'Faults can be simulated only where "simulateFaults" allows it.');
    await exchange.breakPath(contact, callId);
    return DONE;
  },
  'call.video': ({ contact, exchange }, { callId, sending }) => {
    exchange.sendingVideo(contact, callId, sending);
    return DONE;
  },
  'session.hold': ({ contact, exchange }, { sessionId }) => {
    exchange.sessionControl.hold(contact, sessionId, true);
    return DONE;
  },
  'session.unhold': ({ contact, exchange }, { sessionId }) => {
    exchange.sessionControl.hold(contact, sessionId, false);
    return DONE;
  },
  'session.close': ({ contact, exchange }, { sessionId }) => {
    exchange.sessionControl.close(contact, sessionId);
    return DONE;
  },
  'session.transfer': ({ contact, exchange }, { sessionId, transferor, to }) => {
    exchange.thirdParty.transfer(contact, sessionId, transferor, to);
    return DONE;
  },
  'session.hangup': ({ contact, exchange }, { sessionId }) => {
    exchange.sessionControl.hangUp(contact, sessionId);
    return DONE;
  },
  'session.forward': ({ contact, exchange }, { sessionId, to }) => {
    exchange.sessionControl.forward(contact, sessionId, to);
    return DONE;
  },
  'session.dtmf': async ({ contact, exchange }, { sessionId, party, digit }) => {
    await exchange.thirdParty.sendDigits(contact, sessionId, party, digit);
    return DONE;
  },
  'session.listen': async ({ contact, exchange }, params) => ({
    answer: await exchange.listen(contact, params),
  }),
  'calls.setup': ({ contact, exchange }, { caller, callee }) => ({
    sessionId: exchange.setUp(contact, caller, callee),
  }),
  'call.message': ({ contact, exchange }, { callId, text }) => ({
    messageId: exchange.sendMessage(contact, callId, text),
  }),
  'message.send': async ({ contact, messages, limitMessages }, { to, text }) => {
    limitMessages();
    return { messageId: await messages.sendFrom(contact, to, text) };
  },
  'message.conversations': ({ contact, messages, limitSearches }, page) => {
    limitSearches();
    return messages.conversations(contact, page);
  },
  'message.list': ({ contact, messages, limitSearches }, page) => {
    limitSearches();
    return messages.list(contact, page);
  },
  'message.seen': ({ contact, messages }, { with: other }) => {
    messages.see(contact, other);
    return DONE;
  },
  'directory.watch': ({ contact, directory }) => directory.watch(contact),
  'history.query': ({ contact, history, limitSearches }, filter) => {
    limitSearches();
    const { number, privileges } = contact.identity;
    const everybody = privileges.includes('history') && filter.own === '';
    return history.query(filter, everybody ? undefined : number);
  },
};
