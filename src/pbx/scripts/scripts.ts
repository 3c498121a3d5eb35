/** The scripts of web sites, put together: API extensions, routing, changes of calls, third-party call control. */
import type { EffectiveSettings } from '../accounts/index.js';
import type { Router, Service } from '../exchange/index.js';
import type { Mailer, SmsPort } from '../messages/index.js';
import type { Target } from '../notifications/index.js';
import { createAfterwards } from './afterwards.js';
import { ApiExtension } from './api-extension.js';
import { CallChanges } from './call-changes.js';
import { createErrorReporter } from './error-reporter.js';
import type { ErrorReporter } from './error-reporter.js';
import { OutgoingCalls } from './outgoing-calls.js';
import { MessageScripts } from './message-scripts.js';
import { OutgoingMessages } from './outgoing-messages.js';
import type { ScriptFoundations, ScriptParts } from './parts.js';
import { RoutingSite } from './routing-site.js';
import { ThirdPartyActions } from './third-party-actions.js';
import { ThirdPartyReply } from './third-party-reply.js';

/** The part of the configuration scripts work with. */
export type ScriptSettings = Pick<EffectiveSettings, 'apiExtensions' | 'httpApi'>;

export class Scripts {
  /** Third-party call control. */
  readonly thirdParty: ThirdPartyActions;
  /** Calls of API extensions. */
  readonly outgoing: OutgoingCalls;
  readonly messages: OutgoingMessages;
  readonly #parts: ScriptParts;
  readonly #reply: ThirdPartyReply;
  readonly #stops: (() => void)[];
  #extensions = new Map<string, ApiExtension>();

  constructor(
    private settings: ScriptSettings,
    foundations: ScriptFoundations & { readonly mailer: Mailer; readonly sms: SmsPort },
  ) {
    const { exchange, mailer, sms } = foundations;
    this.messages = new OutgoingMessages(sms, mailer, (id) => this.#extensions.has(id));
    this.outgoing = new OutgoingCalls(
      exchange,
      (id) => this.#extensions.get(id),
      (url) => this.#errorsTo(url),
    );
    this.thirdParty = new ThirdPartyActions(foundations, () => this.#reply);
    this.#reply = new ThirdPartyReply(foundations, this.thirdParty, () => this.#errorsTo());
    this.#parts = {
      ...foundations,
      outgoing: this.outgoing,
      messages: this.messages,
      afterwards: createAfterwards(() => this.#parts),
    };
    const changes = new CallChanges(() => this.#notifications?.callChangedUrl ?? null, this.#reply);
    const settingsOf = (id: string) => this.settings.apiExtensions.find((extension) => extension.id === id);
    const messages = new MessageScripts(this.#parts, settingsOf, (id) => this.#errorsTo(undefined, id));
    this.#stops = [
      exchange.onCallChanged((call) => changes.changed(call)),
      exchange.onDigit(({ heardBy, digit }) => {
        if (heardBy === null) return;
        for (const extension of this.#extensions.values()) extension.digit(heardBy, digit);
      }),
      sms.onIncoming((message) => messages.received(message)),
      sms.onReport((report) => messages.reported(report)),
    ];
    this.reconfigure(settings);
  }

  /** The API extensions, for the exchange to call. */
  get services(): Service[] {
    return [...this.#extensions.values()].map(({ service }) => service);
  }

  /** Who decides where calls go; null when the dial plan alone does. */
  get router(): Router | null {
    const url = this.#notifications?.routingInterceptionUrl;
    if (url === undefined) return null;
    const first = () => this.settings.apiExtensions[0]?.id ?? '';
    return new RoutingSite(url, this.#parts, () => this.#errorsTo(), first);
  }

  /** Works with other settings from now on. An extension that keeps its number and name keeps its calls. */
  reconfigure(settings: ScriptSettings): void {
    this.settings = settings;
    const before = this.#extensions;
    this.#extensions = new Map(
      settings.apiExtensions.map((wanted) => {
        const there = before.get(wanted.id);
        const kept = there?.account.name === wanted.name ? there : null;
        kept?.take(wanted);
        return [
          wanted.id,
          kept ?? new ApiExtension(wanted, this.#parts, (url) => this.#errorsTo(url, wanted.id)),
        ];
      }),
    );
  }

  /** Stops listening to the exchange. */
  close(): void {
    for (const stop of this.#stops) stop();
  }

  get #notifications() {
    return this.settings.httpApi?.notifications;
  }

  /** Reports to an address a command named, else to the extension's, else to that of the configuration. */
  #errorsTo(url?: string, extension?: string): ErrorReporter {
    const target = (): Target | null => {
      if (url !== undefined) return { url, trusted: false };
      const own = this.settings.apiExtensions.find(({ id }) => id === extension);
      if (own?.errorUrl !== undefined) return { url: own.errorUrl, trusted: own.trusted };
      const configured = this.#notifications?.errorUrl;
      return configured === undefined ? null : { url: configured, trusted: true };
    };
    return createErrorReporter(this.#parts.sender, target, this.#parts.log, this.#parts.journal);
  }
}
