/** Control of the phone system over its gateway. Loaded when it is first asked for. */
import {
  controlEventSchemas,
  type ControlEventData,
  type ControlEventName,
} from '../../protocol/control/events.js';
import { controlResultSchemas } from '../../protocol/control/results.js';
import type { Params } from '../../protocol/requests.js';
import type { Result } from '../../protocol/results.js';
import { read } from '../../protocol/schema.js';
import type {
  ControlEvent,
  ControlPort,
  ConversationPage,
  Directory,
  HistoryPage,
  HistoryQuery,
  MessagePage,
  SessionParty,
} from '../control-port.js';
import type { Description } from '../port.js';
import type { Ask } from './rpc-client.js';

/** The requests whose results only this part knows. */
type ControlMethod = keyof typeof controlResultSchemas;

const EVENTS: { [E in ControlEventName]: (data: ControlEventData<E>) => ControlEvent } = {
  'user.changed': (user) => ({ type: 'user', user }),
  'user.removed': ({ id }) => ({ type: 'user-removed', id }),
  'client.changed': (client) => ({ type: 'client', client }),
  'call.message': (message) => ({ type: 'message', message }),
  message: (message) => ({ type: 'text-message', message }),
  'message.sent': (message) => ({ type: 'message-sent', message }),
  'message.report': (report) => ({ type: 'message-report', report }),
  'message.seen': (seen) => ({ type: 'messages-seen', with: seen.with }),
};

export class GatewayControl implements ControlPort {
  readonly #ask: Ask;
  readonly #listeners = new Set<(event: ControlEvent) => void>();

  /** @param ask Asks over the connection there is. */
  constructor(ask: Ask) {
    this.#ask = ask;
  }

  listen(listener: (event: ControlEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes an event the core does not know; false when it is one of these and not as it should be. */
  hear(name: string, data: unknown): boolean {
    // An event no part knows comes from a newer phone system.
    if (!Object.hasOwn(controlEventSchemas, name)) return true;
    const known = name as ControlEventName;
    const told = read<object>(controlEventSchemas[known], data);
    if (!told) return false;
    const event = EVENTS[known](told as never);
    for (const listener of [...this.#listeners]) listener(event);
    return true;
  }

  watch(): Promise<Directory> {
    return this.#request('directory.watch', {});
  }

  async holdSession(sessionId: string): Promise<void> {
    await this.#ask('session.hold', { sessionId });
  }

  async unholdSession(sessionId: string): Promise<void> {
    await this.#ask('session.unhold', { sessionId });
  }

  async closeSession(sessionId: string): Promise<void> {
    await this.#ask('session.close', { sessionId });
  }

  async transferSession(sessionId: string, transferor: 'caller' | 'callee', to: string): Promise<void> {
    await this.#ask('session.transfer', { sessionId, transferor, to });
  }

  async hangUpSession(sessionId: string): Promise<void> {
    await this.#ask('session.hangup', { sessionId });
  }

  async forwardSession(sessionId: string, to: string): Promise<void> {
    await this.#ask('session.forward', { sessionId, to });
  }

  async sendSessionDigit(sessionId: string, party: SessionParty, digit: string): Promise<void> {
    await this.#ask('session.dtmf', { sessionId, party, digit });
  }

  async listenToSession(sessionId: string, callId: string, offer: Description): Promise<Description> {
    const { answer } = await this.#request('session.listen', { sessionId, callId, offer: offer.sdp });
    return { type: 'answer', sdp: answer };
  }

  async setUpCall(caller: string, callee: string): Promise<string> {
    return (await this.#request('calls.setup', { caller, callee })).sessionId;
  }

  async checkWebphone(id: string): Promise<boolean> {
    return (await this.#request('webphone.check', { id })).available;
  }

  async mergeCalls(callIds: readonly string[]): Promise<string> {
    return (await this.#request('call.merge', { callIds: [...callIds] })).conferenceId;
  }

  async splitConference(callId: string): Promise<void> {
    await this.#ask('call.split', { callId });
  }

  async breakPath(callId: string): Promise<void> {
    await this.#ask('call.break', { callId });
  }

  async sendMessage(callId: string, text: string): Promise<string> {
    return (await this.#request('call.message', { callId, text })).messageId;
  }

  async sendMessageTo(to: string, text: string): Promise<string> {
    return (await this.#request('message.send', { to, text })).messageId;
  }

  history(query: HistoryQuery): Promise<HistoryPage> {
    return this.#request('history.query', query);
  }

  conversations(page: Params<'message.conversations'>): Promise<ConversationPage> {
    return this.#request('message.conversations', page);
  }

  messages(page: Params<'message.list'>): Promise<MessagePage> {
    return this.#request('message.list', page);
  }

  async seeMessages(number: string): Promise<void> {
    await this.#ask('message.seen', { with: number });
  }

  #request<M extends ControlMethod>(method: M, params: Params<M>): Promise<Result<M>> {
    return this.#ask(method, params, controlResultSchemas[method]);
  }
}
