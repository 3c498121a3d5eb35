/** Control of the phone system. Loaded when it is first asked for. */
import type { Camera, MediaPort } from '../../media/port.js';
import type { ControlPort } from '../../signaling/control-port.js';
import type { Call, SignalingEvent, SignalingPort } from '../../signaling/port.js';
import type { CallDesk } from '../call-desk.js';
import type { PhoneError } from '../handle.js';
import { newId } from '../new-id.js';
import type {
  ConversationPage,
  Directory,
  HistoryPage,
  HistoryQuery,
  MessagePage,
  PhoneControl,
  PhoneNews,
  SessionParty,
} from './control.js';

/** What of the phone is shared with this part of it. */
export interface PhoneInsides {
  readonly media: MediaPort;
  readonly desk: CallDesk;
  /** Takes into the state what was gathered. */
  settle(): void;
  connected(): boolean;
  /** The link; throws when there is none. */
  port(): SignalingPort;
  /** A number as it is dialled; throws when it cannot be. */
  number(text: string): string;
  /** Reports a failure. */
  failed(error: unknown, callId: string | null): PhoneError;
  setCamera(callId: string, on: boolean): Promise<void>;
  /** The call the controls act on. */
  selected(): string | null;
  setMuted(callId: string, muted: boolean): void;
  holdOthers(callId: string): Promise<void>;
}

const NOBODY: Directory = Object.freeze({ users: [], clients: [], legacySessionStates: false });

export class ControllingPhone implements PhoneControl {
  readonly #phone: PhoneInsides;
  readonly #listeners = new Set<(news: PhoneNews) => void>();
  /** The listenings there are, by the ids of their calls. */
  readonly #listenings = new Set<string>();
  #directory = NOBODY;
  #port: ControlPort | null = null;

  constructor(phone: PhoneInsides) {
    this.#phone = phone;
  }

  get directory(): Directory {
    return this.#directory;
  }

  onNews(listener: (news: PhoneNews) => void): () => void {
    this.#listeners.add(listener);
    this.connected();
    return () => this.#listeners.delete(listener);
  }

  watch(): Promise<Directory> {
    return this.#command(null, async (port) => (this.#directory = await port.watch()));
  }

  hangUpSession(sessionId: string): Promise<void> {
    return this.#command(null, (port) => port.hangUpSession(sessionId));
  }

  async forwardSession(sessionId: string, to: string): Promise<void> {
    const number = this.#phone.number(to);
    return this.#command(null, (port) => port.forwardSession(sessionId, number));
  }

  sendSessionDigit(sessionId: string, party: SessionParty, digit: string): Promise<void> {
    return this.#command(null, (port) => port.sendSessionDigit(sessionId, party, digit));
  }

  listen(sessionId: string): Promise<string> {
    return this.#command(null, async (port) => {
      const { desk } = this.#phone;
      const id = newId();
      const line = desk.open(id, { receiveOnly: true });
      this.#listenings.add(id);
      try {
        await Promise.race([line.over, line.media.offer()]);
        line.sent = true;
        const answer = await port.listenToSession(sessionId, id, line.media.takeDescription());
        await desk.receive(id, answer);
        return id;
      } catch (error) {
        this.#forget(id);
        throw error;
      }
    });
  }

  async stopListening(callId: string): Promise<void> {
    // One that has ended by itself is stopped.
    if (!this.#listenings.has(callId)) return;
    this.#forget(callId);
    await this.#command(callId, () => this.#phone.port().act(callId, { type: 'hangup' }));
  }

  async setUpCall(caller: string, callee: string): Promise<string> {
    const [from, to] = [this.#phone.number(caller), this.#phone.number(callee)];
    return this.#command(null, (port) => port.setUpCall(from, to));
  }

  checkWebphone(id: string): Promise<boolean> {
    return this.#command(null, (port) => port.checkWebphone(id));
  }

  history(query: HistoryQuery): Promise<HistoryPage> {
    return this.#command(null, (port) => port.history(query));
  }

  async merge(callIds: readonly string[]): Promise<void> {
    const { desk, selected, setMuted, holdOthers } = this.#phone;
    const [first = ''] = callIds;
    const front = callIds.find((id) => id === selected()) ?? first;
    // They have one microphone from now on; who is muted is not heard by others for that.
    for (const id of callIds) setMuted(id, desk.call(front)?.muted ?? false);
    await this.#pending(callIds, 'merge', async (port) => {
      await port.mergeCalls(callIds);
      await holdOthers(front);
    });
    desk.select(front);
  }

  async split(callId: string): Promise<void> {
    await this.#pending([callId], 'split', (port) => port.splitConference(callId));
    this.#phone.desk.select(callId);
  }

  sendMessage(callId: string, text: string): Promise<string> {
    return this.#command(callId, (port) => port.sendMessage(callId, text));
  }

  async sendMessageTo(to: string, text: string): Promise<string> {
    const number = this.#phone.number(to);
    return this.#command(null, (port) => port.sendMessageTo(number, text));
  }

  conversations(page: Parameters<PhoneControl['conversations']>[0] = {}): Promise<ConversationPage> {
    return this.#command(null, (port) => port.conversations(page));
  }

  messages({ before, ...page }: Parameters<PhoneControl['messages']>[0]): Promise<MessagePage> {
    return this.#command(null, (port) => port.messages({ ...page, ...(before && { before }) }));
  }

  seeMessages(number: string): Promise<void> {
    return this.#command(null, (port) => port.seeMessages(number));
  }

  async attachCamera(callId: string, camera: Camera): Promise<void> {
    this.#phone.media.useCamera(camera);
    await this.#phone.setCamera(callId, true);
  }

  /** What the link told the phone, once the phone knows it. */
  hear(event: SignalingEvent): void {
    if (event.type === 'call') this.#hearCall(event.call);
    else if (event.type === 'session' || event.type === 'extension' || event.type === 'extension-removed') {
      // Whoever hears of a session finds it in the state.
      if (this.#listeners.size) this.#phone.settle();
      this.#tell(event);
    }
  }

  /** The link is there: who listens is told of messages without asking for anything. */
  connected(): void {
    if (!this.#listeners.size || !this.#phone.connected()) return;
    this.#control().catch((error: unknown) => this.#phone.failed(error, null));
  }

  /** The link is gone. */
  gone(): void {
    this.#port = null;
    this.#directory = NOBODY;
    for (const id of this.#listenings) this.#listeningEnded(id, 'connection-lost');
  }

  #hearCall({ id, state, endReason }: Call): void {
    if (state === 'ended' && this.#listenings.has(id)) this.#listeningEnded(id, endReason ?? 'error');
  }

  #listeningEnded(callId: string, reason: Extract<PhoneNews, { type: 'listening-ended' }>['reason']): void {
    this.#forget(callId);
    this.#tell({ type: 'listening-ended', callId, reason });
  }

  #forget(callId: string): void {
    this.#listenings.delete(callId);
    this.#phone.desk.close(callId, 'closed');
  }

  /** Runs a command of the phone system; its failure is told once. */
  async #command<T>(callId: string | null, run: (port: ControlPort) => Promise<T>): Promise<T> {
    try {
      return await run(await this.#control());
    } catch (error) {
      throw this.#phone.failed(error, callId);
    }
  }

  /** Runs a command for calls; it stands in their `pending` meanwhile. */
  async #pending(
    callIds: readonly string[],
    name: string,
    run: (port: ControlPort) => Promise<void>,
  ): Promise<void> {
    const { desk } = this.#phone;
    for (const id of callIds) desk.patch(id, { pending: name });
    try {
      await this.#command(callIds[0] ?? null, run);
    } finally {
      for (const id of callIds) if (desk.call(id)?.pending === name) desk.patch(id, { pending: null });
    }
  }

  async #control(): Promise<ControlPort> {
    const port = await this.#phone.port().control();
    if (port !== this.#port) {
      this.#port = port;
      port.listen((event) => {
        if (port !== this.#port) return;
        const { users, clients } = this.#directory;
        switch (event.type) {
          case 'user':
            this.#know({ users: [...users.filter(({ id }) => id !== event.user.id), event.user] });
            break;
          case 'user-removed':
            this.#know({ users: users.filter(({ id }) => id !== event.id) });
            break;
          case 'client': {
            const others = clients.filter(({ phoneNumber }) => phoneNumber !== event.client.phoneNumber);
            this.#know({ clients: event.client.status === 'ONLINE' ? [...others, event.client] : others });
            break;
          }
        }
        this.#tell(event);
      });
    }
    return port;
  }

  #know(change: Partial<Directory>): void {
    this.#directory = { ...this.#directory, ...change };
  }

  #tell(news: PhoneNews): void {
    for (const listener of [...this.#listeners]) listener(news);
  }
}
