/** The phone system put together: accounts, registrar, dial plan, exchange and gateway over one media engine. */
import type { Server as HttpServer } from 'node:http';
import { Accounts, ExtensionBook } from './accounts/index.js';
import type { EffectiveSettings, TokenRequest } from './accounts/index.js';
import { systemClock } from './clock.js';
import type { Clock } from './clock.js';
import type { Settings } from './config/settings.js';
import { Exchange } from './exchange/index.js';
import { Gateway } from './gateway/index.js';
import { ApiJournal } from './journal.js';
import type { Log } from './log.js';
import type { MediaEngine } from './media/engine.js';
import { createSpeech } from './media/speech/index.js';
import { createMailer, TextMessages } from './messages/index.js';
import type { Mailer } from './messages/index.js';
import { createNotificationSender, notificationSettings } from './notifications/index.js';
import { Registrar } from './registrar/index.js';
import { Scripts, Sounds, WebFiles } from './scripts/index.js';
import type { Recordings } from './scripts/index.js';
import { deliveryNotes, scriptNotes } from './script-notes.js';
import type { Contact } from './registrar/index.js';
import type { CallHistory, CallRecords } from './storage/call-records.js';
import { memoryExtensionStore } from './storage/extension-store.js';
import type { ExtensionStore } from './storage/extension-store.js';
import { NO_LIVE_STORE } from './storage/live-store.js';
import type { LiveStore } from './storage/live-store.js';
import type { SentMessages } from './storage/sent-messages.js';
import type { TextStore } from './storage/text-store.js';
import type { TokenStore } from './storage/token-store.js';
import { Trunks } from './trunks/index.js';
import type { TrunkStatus } from './trunks/index.js';
import { createWebClient } from './web-client/index.js';

/** What the phone system stands on; made by the command line, or by a test. */
export interface Foundations {
  readonly settings: Settings;
  readonly log: Log;
  readonly media: MediaEngine;
  readonly records: CallRecords;
  /** What was recorded, to be asked for; without it the history is empty. */
  readonly history?: CallHistory;
  /** Where security tokens are kept; without it they end with the process. */
  readonly tokens?: TokenStore;
  /** Where extensions are kept that commands add; without it they end with the process. */
  readonly extensions?: ExtensionStore;
  /** Where it is written down what goes on; without it that ends with the process. */
  readonly live?: LiveStore;
  /** Messages an SMS gateway reports on later; without it reports end with the process. */
  readonly sentMessages?: SentMessages;
  /** What numbers wrote to each other; kept nowhere when left out. */
  readonly texts?: TextStore;
  /** Where recordings are kept, and at which addresses they can be fetched. */
  readonly recordings: Recordings;
  /** Where the files lie that scripts play; null when nowhere. */
  readonly contentFolder?: (settings: Settings) => string | null;
  /** Another clock than the machine's, for tests. */
  readonly clock?: Clock;
}

/** What is going on, for the health page and for tests that look for leaks. */
export interface Vitals {
  readonly connections: number;
  readonly sessions: number;
  readonly legs: number;
  readonly mediaLegs: number;
}

export interface PhoneSystem {
  /** The scripts of web sites, and third-party call control. */
  readonly scripts: Scripts;
  /** Takes the WebSocket upgrades of an HTTP server; with `path`, only those to it. */
  attach(server: HttpServer, options?: { path?: string }): void;
  /** Tells every digit a party presses in a call, for applications that gather them. Returns the way to stop. */
  onDigit(listener: (press: { sessionId: string; legId: string; digit: string }) => void): () => void;
  /** The configuration with the extensions in it that commands added. */
  readonly settings: EffectiveSettings;
  /** The extensions there are; those that are not in the configuration file can be added, changed and removed. */
  readonly extensions: ExtensionBook;
  /** The program that is signed in by a number, the latest of several; undefined when there is none. */
  clientOf(number: string): Contact['client'];
  /** The outside lines of type SIP, each with whether it is registered, and why not. */
  readonly lines: readonly TrunkStatus[];
  /** The calls that are over. */
  readonly history: CallHistory;
  /** Where recordings are kept. */
  readonly recordingsFolder: string;
  /** What lately happened between the phone system and web sites. */
  readonly journal: ApiJournal;
  /** Text messages: to phones, to the web sites of API extensions, and to the SMS gateway. */
  readonly messages: TextMessages;
  /** E-mail, through the mail server of the configuration. */
  readonly mailer: Mailer;
  /**
   * A new security token of 22 characters, for a page that shall sign in without a password ("GenerateSecurityToken"
   * of the HTTP API). Its holder sees every session, user and record, and sets calls up; with
   * `allowSessionModification` it also changes and listens to sessions. One can sign in with it for `validMs`
   * milliseconds, a day when that is left out; who has signed in by then may stay.
   * @throws RangeError when it would not be valid for any time at all.
   */
  issueToken(request?: TokenRequest): string;
  /**
   * Works with other settings from now on: extensions, users, outside lines, conferences, dial plan, origins, STUN
   * and TURN servers, and which session states pages want. Everybody is told what is new, changed or gone;
   * connections of accounts that are gone, or whose password or token has changed, are closed. Calls of others go on.
   * Extensions that commands added stay, unless the configuration has their number now.
   * The other settings count from the next start. They must be valid, as `startPhoneSystem` makes sure of.
   */
  reconfigure(settings: Settings): void;
  vitals(): Vitals;
  /** Ends every call, tells every client, closes every connection. */
  close(): Promise<void>;
}

/** Of a phone system that keeps no records. */
const NO_HISTORY: CallHistory = { query: () => ({ total: 0, records: [] }) };

/** How long media may take to close when the phone system stops, in milliseconds. */
const MEDIA_CLOSE_MS = 1000;

/** Puts a phone system together. It answers nobody until it is attached to a server. */
export function createPhoneSystem(foundations: Foundations): PhoneSystem {
  const { log, media, records, history = NO_HISTORY, tokens, sentMessages, texts, recordings } = foundations;
  const { clock = systemClock, contentFolder = () => null, live = NO_LIVE_STORE } = foundations;
  const journal = new ApiJournal(clock);
  /** The configuration file's settings, and the same with the extensions that commands added. */
  let { settings: ownSettings } = foundations;
  const extensions = new ExtensionBook({
    store: foundations.extensions ?? memoryExtensionStore(),
    settings: () => ownSettings,
    log: log.child({ part: 'extensions' }),
  });
  let settings = extensions.effective();
  const accounts = new Accounts(settings, clock, tokens);
  const registrar = new Registrar(accounts.list());
  const exchange = new Exchange({
    media,
    registrar,
    directory: accounts,
    dialPlan: settings.dialPlan,
    records,
    live,
    clock,
    log,
  });
  const messages = new TextMessages({
    settings: () => settings,
    accounts,
    registrar,
    sent: sentMessages,
    texts,
    clock,
    log: log.child({ part: 'messages' }),
  });
  const mailer = createMailer({ settings: () => settings.email, log: log.child({ part: 'mail' }) });
  const sender = createNotificationSender({
    settings: () => notificationSettings(settings),
    log: log.child({ part: 'notifications' }),
    observe: deliveryNotes(journal),
    clock,
  });
  const speech = createSpeech(log.child({ part: 'speech' }));
  const web = new WebFiles(createWebClient(), () => settings.httpApi?.allowTargets ?? []);
  const scripts = new Scripts(settings, {
    exchange,
    media,
    sender,
    sounds: new Sounds(() => contentFolder(settings), web, speech),
    recordings,
    journal: scriptNotes(journal),
    mailer,
    sms: messages,
    log: log.child({ part: 'scripts' }),
  });
  const trunks = new Trunks({
    engine: media,
    exchange: exchange.lineCalls,
    registrar,
    clock,
    log: log.child({ part: 'lines' }),
  });
  const tellExchange = () => {
    trunks.reconfigure(settings);
    exchange.reconfigure({
      dialPlan: settings.dialPlan,
      conferences: settings.conferences,
      services: scripts.services,
      lines: trunks.lines,
      router: scripts.router,
    });
  };
  tellExchange();
  const gateway = new Gateway({
    settings: () => settings,
    accounts,
    registrar,
    exchange,
    history,
    messages,
    live,
    clock,
    log,
  });
  gateway.restore();
  exchange.pickUpCalls((id) => gateway.contactOf(id));
  const apply = () => {
    settings = extensions.effective();
    accounts.replace(settings);
    // Who is gone leaves before the others are told that there is no such account.
    gateway.accountsReplaced();
    registrar.replace(accounts.list());
    scripts.reconfigure(settings);
    tellExchange();
    gateway.tellUsers();
  };
  extensions.onChange(apply);
  return {
    scripts,
    get settings() {
      return settings;
    },
    extensions,
    clientOf: (number) => registrar.phonesOf(number).at(-1)?.client,
    get lines() {
      return trunks.statuses;
    },
    history,
    recordingsFolder: recordings.folder,
    journal,
    messages,
    mailer,
    attach: (server, { path } = {}) => gateway.attach(server, path),
    onDigit: (listener) => exchange.onDigit(listener),
    issueToken: (request) => accounts.issueToken(request),
    reconfigure: (replacement) => {
      ownSettings = replacement;
      apply();
    },
    vitals: () => ({
      connections: gateway.connectionCount,
      sessions: exchange.sessionCount,
      legs: exchange.legCount,
      mediaLegs: media.legCount,
    }),
    close: async () => {
      // Calls first: their phones are told before their connections close.
      registrar.silence();
      const mediaClosed = exchange.close();
      await Promise.all([gateway.close(), trunks.close(), settled(mediaClosed, MEDIA_CLOSE_MS, clock)]);
      // The ends of the calls are told to the web sites before the rest stops.
      await sender.close();
      scripts.close();
      mailer.close();
      await speech.close();
    },
  };
}

/** Waits for something, but not for ever. */
async function settled(work: Promise<void>, ms: number, clock: Clock): Promise<void> {
  let stop = () => {};
  const enough = new Promise<void>((resolve) => (stop = clock.setTimeout(resolve, ms)));
  await Promise.race([work, enough]);
  stop();
}
