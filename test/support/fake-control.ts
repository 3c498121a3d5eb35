/** The control of a phone system for element tests: what it answers is whatever the test says. */
import type {
  Conversation,
  Directory,
  HistoryPage,
  HistoryQuery,
  KeptMessage,
  PhoneControl,
  PhoneNews,
} from '../../src/phone/control/control.js';

export class FakeControl implements Pick<
  PhoneControl,
  | 'directory'
  | 'onNews'
  | 'watch'
  | 'history'
  | 'sendMessage'
  | 'sendMessageTo'
  | 'conversations'
  | 'messages'
  | 'seeMessages'
  | 'merge'
  | 'split'
  | 'forwardSession'
  | 'listen'
  | 'stopListening'
> {
  directory: Directory = { users: [], clients: [], legacySessionStates: false };
  /** What the history was asked for. */
  readonly queries: HistoryQuery[] = [];
  /** What was written in calls and to numbers: call or number, and text. */
  readonly written: [to: string, text: string][] = [];
  /** The conferences that were asked for, and the calls whose conference was taken apart. */
  readonly merges: (readonly string[])[] = [];
  readonly splits: string[] = [];
  /** What becomes of these. */
  answerConference: () => Promise<void> = () => Promise.resolve();
  /** Which messages were asked for: of whom, and before which. */
  readonly asked: [number: string, before: string | undefined][] = [];
  /** Whose messages were seen. */
  readonly saw: string[] = [];
  answerConversations: () => readonly Conversation[] | Promise<readonly Conversation[]> = () => [];
  answerMessages: (
    number: string,
    before?: string,
  ) => { messages: readonly KeptMessage[]; more: boolean } | Promise<never> = () => ({
    messages: [],
    more: false,
  });
  /** What the history answers. */
  answerHistory: (query: HistoryQuery) => HistoryPage | Promise<HistoryPage> = () => ({
    total: 0,
    records: [],
  });
  /** What becomes of a message: its id. */
  answerMessage: (callId: string, text: string) => Promise<string> = () =>
    Promise.resolve(`message-${this.written.length}`);
  /** What was asked for about sessions, in order: command and arguments. */
  readonly sessionCommands: unknown[][] = [];
  /** What becomes of {@link sessionCommands}. */
  answerSession: () => Promise<void> = () => Promise.resolve();
  readonly #listeners = new Set<(news: PhoneNews) => void>();

  /** How many listen: a test for leaks. */
  get listenerCount(): number {
    return this.#listeners.size;
  }

  onNews(listener: (news: PhoneNews) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells what happens. */
  tell(news: PhoneNews): void {
    for (const listener of [...this.#listeners]) listener(news);
  }

  watch(): Promise<Directory> {
    return Promise.resolve(this.directory);
  }

  async history(query: HistoryQuery): Promise<HistoryPage> {
    this.queries.push(query);
    return await this.answerHistory(query);
  }

  sendMessageTo(to: string, text: string): Promise<string> {
    this.written.push([to, text]);
    return this.answerMessage(to, text);
  }

  async conversations({ page = 0 }: { readonly page?: number } = {}) {
    const all = await this.answerConversations();
    const next = (page + 1) * 50;
    return { conversations: all.slice(page * 50, next), more: all.length > next };
  }

  async messages({ with: number, before }: { with: string; before?: string | undefined }) {
    this.asked.push([number, before]);
    return this.answerMessages(number, before);
  }

  seeMessages(number: string): Promise<void> {
    this.saw.push(number);
    return Promise.resolve();
  }

  merge(callIds: readonly string[]): Promise<void> {
    this.merges.push(callIds);
    return this.answerConference();
  }

  split(callId: string): Promise<void> {
    this.splits.push(callId);
    return this.answerConference();
  }

  sendMessage(callId: string, text: string): Promise<string> {
    this.written.push([callId, text]);
    return this.answerMessage(callId, text);
  }

  forwardSession(...args: [sessionId: string, to: string]): Promise<void> {
    this.sessionCommands.push(['forwardSession', ...args]);
    return this.answerSession();
  }

  async listen(sessionId: string): Promise<string> {
    this.sessionCommands.push(['listen', sessionId]);
    await this.answerSession();
    return `listening-${sessionId}`;
  }

  stopListening(callId: string): Promise<void> {
    this.sessionCommands.push(['stopListening', callId]);
    return this.answerSession();
  }
}
