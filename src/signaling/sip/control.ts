import type { ControlEvent, ControlPort } from '../control-port.js';
import type { Messages } from './messages.js';
import { unsupported } from './unsupported.js';

/** Of control, SIP has the messages: it knows neither users nor other people's sessions, and keeps no history. */
export class SipControl implements ControlPort {
  readonly watch = unsupported;
  readonly holdSession = unsupported;
  readonly unholdSession = unsupported;
  readonly closeSession = unsupported;
  readonly transferSession = unsupported;
  readonly hangUpSession = unsupported;
  readonly forwardSession = unsupported;
  readonly sendSessionDigit = unsupported;
  readonly listenToSession = unsupported;
  readonly setUpCall = unsupported;
  readonly checkWebphone = unsupported;
  readonly mergeCalls = unsupported;
  readonly splitConference = unsupported;
  readonly breakPath = unsupported;
  readonly history = unsupported;

  readonly sendMessage: ControlPort['sendMessage'];
  readonly sendMessageTo: ControlPort['sendMessageTo'];
  readonly #messages: Messages;

  /** @param send How a text goes to the other side of a call, and to a number, when there is a connection. */
  constructor(messages: Messages, send: Pick<ControlPort, 'sendMessage' | 'sendMessageTo'>) {
    this.#messages = messages;
    this.sendMessage = send.sendMessage;
    this.sendMessageTo = send.sendMessageTo;
  }

  listen(listener: (event: ControlEvent) => void): () => void {
    return this.#messages.listen(listener);
  }

  conversations(page: Parameters<ControlPort['conversations']>[0]): ReturnType<ControlPort['conversations']> {
    return Promise.resolve(this.#messages.conversations(page));
  }

  messages(page: Parameters<ControlPort['messages']>[0]): ReturnType<ControlPort['messages']> {
    return Promise.resolve(this.#messages.with(page));
  }

  seeMessages(number: string): Promise<void> {
    this.#messages.see(number);
    return Promise.resolve();
  }
}
