import type { Voicemail } from '../port.js';
import { numberOf } from './identity.js';
import { addressOf, type IncomingRequest } from './jssip.js';
import { Subscription } from './subscription.js';
import type { UserAgent } from './user-agent.js';

const KIND = { event: 'message-summary', accept: 'application/simple-message-summary' };

/** Longer ones are not looked at. */
const LONGEST = 16 * 1024;

/** What waits in the mailbox of this phone's number (MWI, RFC 3842). */
export class Mailbox {
  readonly #agent: UserAgent;
  readonly #tell: (voicemail: Voicemail) => void;
  #subscription: Subscription | null = null;

  constructor(agent: UserAgent, tell: (voicemail: Voicemail) => void) {
    this.#agent = agent;
    this.#tell = tell;
  }

  watch(): void {
    if (this.#subscription) return;
    this.#subscription = new Subscription(this.#agent, this.#agent.configuration.uri, KIND, {
      notified: (body) => this.#take(body),
      // It has no mailboxes.
      refused: () => {},
    });
    this.#subscription.begin();
  }

  /** There is another connection. */
  again(): void {
    this.#subscription?.begin();
  }

  stop(): void {
    this.#subscription?.stop();
  }

  /** What a server tells that was not asked. */
  receive(request: IncomingRequest): void {
    request.reply(200);
    this.#take(request.body ?? '');
  }

  #take(summary: string): void {
    const voicemail = voicemailIn(summary, this.#agent.account.domain);
    if (voicemail) this.#tell(voicemail);
  }
}

/** Reads a summary of messages; null for what is none. */
export function voicemailIn(summary: string, domain: string): Voicemail | null {
  if (summary.length > LONGEST) return null;
  const line = (name: string) => new RegExp(`^${name}[ \\t]*:[ \\t]*(.*?)\\s*$`, 'im').exec(summary)?.[1];
  const waiting = line('Messages-Waiting')?.toLowerCase();
  if (waiting !== 'yes' && waiting !== 'no') return null;
  const [, fresh, old] = /^(\d{1,6})\/(\d{1,6})/.exec(line('Voice-Message') ?? '') ?? [];
  const account = addressOf(line('Message-Account') ?? '', domain);
  return {
    waiting: waiting === 'yes',
    fresh: fresh === undefined ? null : Number(fresh),
    old: old === undefined ? null : Number(old),
    number: account?.user ? numberOf(account.user, account.host, domain) : '',
  };
}
