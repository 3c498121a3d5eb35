/**
 * Where a text message goes: to the phones of an extension, to the web site of an API extension, or to the SMS
 * gateway. The dial plan counts for messages as it does for calls.
 */
import { randomUUID } from 'node:crypto';
import { ProtocolError } from '../../protocol/index.js';
import type { CheckedParams, ErrorName, KeptMessage, Result } from '../../protocol/index.js';
import type { Accounts } from '../accounts/index.js';
import type { Clock } from '../clock.js';
import type { Settings } from '../config/settings.js';
import { translate } from '../dial-plan/index.js';
import type { Log } from '../log.js';
import type { Contact, Registrar } from '../registrar/index.js';
import { memorySentMessages } from '../storage/sent-messages.js';
import type { SentMessages } from '../storage/sent-messages.js';
import type { TextStore } from '../storage/text-store.js';
import { TokenBucket } from '../token-bucket.js';
import { postToGateway } from './http-gateway.js';
import { MessageError } from './message-error.js';
import type { MessageProblem } from './message-error.js';
import type { IncomingSms, OutgoingSms, ReportTo, SmsPort, SmsReport } from './sms-port.js';

/** What messages go by. */
export interface MessageParts {
  readonly settings: () => Pick<Settings, 'apiExtensions' | 'dialPlan' | 'keepMessagesDays' | 'sms'>;
  readonly accounts: Pick<Accounts, 'extension' | 'isService'>;
  readonly registrar: Registrar;
  /** Messages the gateway reports on later; without it they are forgotten with the process. */
  readonly sent?: SentMessages | undefined;
  /** Where conversations are kept; nowhere without it. */
  readonly texts?: TextStore | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

const DAY_MS = 24 * 60 * 60_000;

/**
 * Messages an API extension takes each second in the long run, and at once: scripts that answer each other's
 * messages come to an end.
 */
const SCRIPTS_PER_SECOND = 5;
const SCRIPT_BURST = 100;

/** What a message that could not be sent is to a phone. */
const REASONS: Record<MessageProblem, ErrorName> = {
  invalid: 'invalid-params',
  'destination-not-found': 'not-found',
  'not-configured': 'not-found',
  unreachable: 'wrong-state',
  unauthorized: 'wrong-state',
  refused: 'wrong-state',
};

/** Where a message goes. */
type Destination =
  | { readonly kind: 'script'; readonly number: string }
  | { readonly kind: 'phones'; readonly number: string }
  | { readonly kind: 'elsewhere' };

export class TextMessages implements SmsPort {
  readonly #sent: SentMessages;
  readonly #listeners = new Set<(report: SmsReport) => void>();
  readonly #takers = new Set<(sms: IncomingSms) => Promise<boolean>>();
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(private readonly parts: MessageParts) {
    this.#sent = parts.sent ?? memorySentMessages();
  }

  onReport(listener: (report: SmsReport) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onIncoming(taker: (sms: IncomingSms) => Promise<boolean>): () => void {
    this.#takers.add(taker);
    return () => this.#takers.delete(taker);
  }

  async send(sms: OutgoingSms): Promise<void> {
    const { number } = translate(sms.recipient, this.parts.settings().dialPlan);
    await this.#send(sms, this.#destinationOf(number));
  }

  /**
   * Sends what somebody wrote on a phone; brings the message's id. A visitor of a web site may write only to the
   * number its line rings.
   * @throws ProtocolError `forbidden`, `not-found`, or `wrong-state` when the gateway does not take it.
   */
  async sendFrom(contact: Contact, to: string, text: string): Promise<string> {
    const { identity, rings } = contact;
    if (rings !== null && to !== rings) {
      throw new ProtocolError('forbidden', 'A visitor can write only to the number of the web site.');
    }
    const { number } = rings === null ? translate(to, this.parts.settings().dialPlan) : { number: to };
    const id = randomUUID();
    const sms = { id, sender: identity.number, recipient: to, text, reportTo: { phone: identity.number } };
    try {
      const destination = this.#destinationOf(number);
      // A script's report may come at once; what a gateway does not take is not kept.
      if (destination.kind === 'script') this.#keep(sms, to, 'sent');
      await this.#send(sms, destination);
      if (destination.kind === 'elsewhere') this.#keep(sms, to, 'sent');
      this.#tellOthers(contact, sms, destination.kind === 'phones' ? destination.number : to);
    } catch (error) {
      if (!(error instanceof MessageError)) throw error;
      throw new ProtocolError(REASONS[error.problem], error.message);
    }
    return id;
  }

  /** With whom a phone's number wrote. What waited for it is delivered with that, and its senders are told. */
  conversations(
    { identity }: Contact,
    page: CheckedParams<'message.conversations'>,
  ): Result<'message.conversations'> {
    const { texts } = this.parts;
    if (!texts) return { conversations: [], more: false };
    for (const { id, sender } of texts.deliver(identity.number)) {
      this.#tell({ id, delivered: true, reportTo: { phone: sender } });
    }
    return texts.conversations(identity.number, page);
  }

  /** What a phone's number and another one wrote to each other. */
  list({ identity }: Contact, page: CheckedParams<'message.list'>): Result<'message.list'> {
    return this.parts.texts?.list(identity.number, page) ?? { messages: [], more: false };
  }

  /** A phone has seen what somebody wrote to its number; the other phones of that are told. */
  see(contact: Contact, other: string): void {
    const { number } = contact.identity;
    if (!this.parts.texts?.see(number, other)) return;
    for (const phone of this.parts.registrar.phonesOf(number)) {
      if (phone !== contact) phone.tell('message.seen', { with: other });
    }
  }

  /**
   * Takes a message that the gateway brings. False when nobody took it: it may be brought again.
   * @throws MessageError `destination-not-found` when it is for nobody here.
   */
  async receive(sms: Omit<OutgoingSms, 'reportTo'>): Promise<boolean> {
    const { number } = translate(sms.recipient, this.parts.settings().dialPlan);
    const destination = this.#destinationOf(number);
    if (destination.kind === 'elsewhere') throw nobody(sms.recipient);
    return destination.kind === 'script'
      ? this.#toScript(sms, destination.number)
      : this.#toPhones(sms, destination.number);
  }

  /** Takes the gateway's report on a message, named by our id or by its own. */
  report(id: string, delivered: boolean): void {
    const sent = this.#sent.take(id);
    if (sent) this.#tell({ id: sent.id, delivered, reportTo: JSON.parse(sent.reportTo) as ReportTo });
  }

  async #send(sms: OutgoingSms, destination: Destination): Promise<void> {
    const { id, reportTo } = sms;
    const settled = (delivered: boolean) => {
      if (reportTo) this.#tell({ id, delivered, reportTo });
    };
    this.parts.log.debug({ messageId: id, way: destination.kind }, 'message');
    switch (destination.kind) {
      case 'script':
        void this.#toScript(sms, destination.number).then(settled);
        break;
      case 'phones': {
        const delivered = this.#toPhones(sms, destination.number);
        const kept = !delivered && this.#keepsMs > 0;
        // Not before who sent it has its answer.
        setImmediate(() => {
          if (reportTo) this.#tell({ id, delivered, reportTo }, kept);
        });
        break;
      }
      case 'elsewhere':
        await this.#toGateway(sms);
    }
  }

  #destinationOf(number: string): Destination {
    const { settings, accounts, registrar } = this.parts;
    if (settings().apiExtensions.some(({ id }) => id === number)) return { kind: 'script', number };
    if (accounts.extension(number) || registrar.isOnline(number)) return { kind: 'phones', number };
    if (accounts.isService(number)) throw nobody(number);
    return { kind: 'elsewhere' };
  }

  /** Tells every phone of a number, a visitor's among them. False when there is none. */
  #toPhones(sms: OutgoingSms, number: string): boolean {
    const { id, sender, text } = sms;
    const { registrar, clock } = this.parts;
    const phones = registrar.phonesOf(number);
    const from = { number: sender, name: this.#nameOf(sender) };
    const message = { id, from, to: number, text, at: clock.now() };
    this.#keep(sms, number, phones.length > 0 ? 'delivered' : 'sent');
    for (const phone of phones) phone.tell('message', message);
    return phones.length > 0;
  }

  /** Shows what somebody wrote on the other phones of the same number, too. */
  #tellOthers(contact: Contact, { id, sender, text }: OutgoingSms, recipient: string): void {
    if (sender === recipient) return;
    const { registrar, clock } = this.parts;
    const to = { number: recipient, name: this.#nameOf(recipient) };
    for (const phone of registrar.phonesOf(sender))
      if (phone !== contact) phone.tell('message.sent', { id, to, text, at: clock.now() });
  }

  #nameOf(number: string): string {
    const { accounts, registrar } = this.parts;
    return accounts.extension(number)?.name ?? registrar.phonesOf(number)[0]?.identity.name ?? '';
  }

  /** How long conversations are kept, in milliseconds; 0 when they are not. */
  get #keepsMs(): number {
    const { settings, texts } = this.parts;
    return texts ? settings().keepMessagesDays * DAY_MS : 0;
  }

  /** Keeps a message for both sides. A full disk must not hold it up. */
  #keep({ id, sender, text }: OutgoingSms, recipient: string, state: KeptMessage['state']): void {
    const { texts, clock, log } = this.parts;
    if (this.#keepsMs === 0) return;
    const party = (number: string) => ({ number, name: this.#nameOf(number) });
    const message = { id, from: party(sender), to: party(recipient), text, at: clock.now(), state };
    try {
      texts?.put(message, clock.now() - this.#keepsMs);
    } catch (error) {
      log.error({ err: error, messageId: id }, 'a message could not be kept');
    }
  }

  async #toScript({ id, sender, recipient, text }: OutgoingSms, apiExtension: string): Promise<boolean> {
    const { clock, log } = this.parts;
    const bucket =
      this.#buckets.get(apiExtension) ?? new TokenBucket(SCRIPTS_PER_SECOND, SCRIPT_BURST, clock);
    this.#buckets.set(apiExtension, bucket);
    if (bucket.take() > 0) {
      log.warn({ apiExtension }, 'an API extension gets too many messages; one is not delivered');
      return false;
    }
    const sms = { id, sender, recipient, text, apiExtension };
    const taken = await Promise.all(
      [...this.#takers].map((take) =>
        take(sms).catch((error: unknown) => {
          log.error({ err: error, apiExtension }, 'a message to an API extension could not be handed on');
          return false;
        }),
      ),
    );
    return taken.includes(true);
  }

  async #toGateway(sms: OutgoingSms): Promise<void> {
    const { settings, clock, log } = this.parts;
    const { sms: gateway } = settings();
    if (!gateway) throw nobody(sms.recipient);
    try {
      const gatewayId = (await postToGateway(gateway, sms)) ?? sms.id;
      if (!sms.reportTo) return;
      this.#sent.put({ id: sms.id, gatewayId, reportTo: JSON.stringify(sms.reportTo) }, clock.now());
    } catch (error) {
      if (error instanceof MessageError) log.warn({ problem: error.problem }, 'a message could not be sent');
      throw error;
    }
  }

  /** `kept`: it was not delivered, and waits for its recipient. */
  #tell(report: SmsReport, kept = false): void {
    const { id, delivered, reportTo } = report;
    if (!kept) this.parts.texts?.settle(id, delivered);
    if ('phone' in reportTo) {
      for (const phone of this.parts.registrar.phonesOf(reportTo.phone)) {
        phone.tell('message.report', { id, delivered, ...(kept && { kept }) });
      }
    }
    for (const listener of [...this.#listeners]) listener(report);
  }
}

function nobody(number: string): MessageError {
  return new MessageError('destination-not-found', `There is nobody who takes messages at ${number}.`);
}
