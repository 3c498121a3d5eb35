/** Posts notifications to web sites and brings their answers. */
import { setMaxListeners } from 'node:events';
import type { Clock } from '../clock.js';
import { systemClock } from '../clock.js';
import type { Log } from '../log.js';
import { createWebClient, shownUrl, WebError, xmlText } from '../web-client/index.js';
import type { Target, WebAnswer, WebClient } from '../web-client/index.js';
import { NotificationError } from './error.js';
import { Lanes } from './lanes.js';
import type { Turn } from './lanes.js';
import { formOf } from './notification.js';
import type { Notification } from './notification.js';
import { isWorthRetrying, retryDelay } from './retry.js';
import type { NotificationSettings } from './settings.js';
import { SIGNATURE_HEADER, signatureOf } from './signature.js';

export interface NotificationSender {
  /**
   * Posts a notification whose answer decides something, once, beside all others.
   * @returns the body of the answer, which may be OzML; empty when there is none
   * @throws NotificationError when there is no answer in time; it is in the log already
   */
  ask(
    target: Target,
    notification: Notification,
    options?: { readonly signal?: AbortSignal },
  ): Promise<string>;
  /**
   * Posts a notification as soon as those before it for the same address are done, and again when it fails and may
   * do better the next time.
   * @returns the body of the answer, which may be OzML; empty when there is none
   * @throws NotificationError when it is given up; it is in the log already
   */
  tell(target: Target, notification: Notification): Promise<string>;
  /** Takes no more, sends nothing again, gives what waits a moment to get out, and stops the rest. */
  close(): Promise<void>;
}

/** One attempt, for whoever watches. The fields and the reply may hold digits and secrets: show, never keep. */
export interface Delivery {
  readonly notification: Notification;
  /** Without the query. */
  readonly url: string;
  /** When it began, in milliseconds since 1970, and how long it took. */
  readonly at: number;
  readonly ms: number;
  readonly outcome:
    | { readonly kind: 'answered'; readonly status: number; readonly reply: string }
    | { readonly kind: 'failed'; readonly error: NotificationError };
}

export interface NotificationSenderOptions {
  readonly settings: () => NotificationSettings;
  readonly log: Log;
  readonly observe?: (delivery: Delivery) => void;
  /** The edges, for tests. */
  readonly client?: WebClient;
  readonly clock?: Clock;
  readonly random?: () => number;
}

const ASKS = { perSite: 100, inAll: 500, atOnce: 100 };
const TELLS = { perSite: 200, inAll: 2000, atOnce: 4 };
/** What a stop waits for. */
const CLOSE_MS = 2000;
const FORM = 'application/x-www-form-urlencoded';

export function createNotificationSender(options: NotificationSenderOptions): NotificationSender {
  return new Sender(options);
}

class Sender implements NotificationSender {
  readonly #settings: () => NotificationSettings;
  readonly #log: Log;
  readonly #observe: ((delivery: Delivery) => void) | undefined;
  readonly #client: WebClient;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #asks = new Lanes(ASKS);
  readonly #tells = new Lanes(TELLS);
  /** First nothing new is begun, then what runs is stopped. */
  readonly #closing = new AbortController();
  readonly #stopped = new AbortController();

  constructor({ settings, log, observe, client, clock, random }: NotificationSenderOptions) {
    // Each request listens to them.
    setMaxListeners(0, this.#closing.signal, this.#stopped.signal);
    this.#settings = settings;
    this.#log = log;
    this.#observe = observe;
    this.#client = client ?? createWebClient();
    this.#clock = clock ?? systemClock;
    this.#random = random ?? Math.random;
  }

  async ask(
    target: Target,
    notification: Notification,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<string> {
    return this.#logged(target, notification, () =>
      this.#take(this.#asks, target, Symbol('ask'), (turn) =>
        turn(() => this.#attempt(target, notification, signal)),
      ),
    );
  }

  async tell(target: Target, notification: Notification): Promise<string> {
    return this.#logged(target, notification, () =>
      this.#take(this.#tells, target, target.url, async (turn) => {
        for (let attempts = 1; ; attempts += 1) {
          try {
            return await turn(() => this.#attempt(target, notification));
          } catch (error) {
            const failure = (error as NotificationError).cause;
            const again = failure instanceof WebError && isWorthRetrying(failure);
            if (!again || attempts > this.#settings().retries || this.#closing.signal.aborted) throw error;
            await this.#pause(retryDelay(attempts, failure, this.#random), target.url);
          }
        }
      }),
    );
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const rest = Promise.all([...this.#asks.work, ...this.#tells.work]);
    let stop = () => {};
    const late = new Promise<void>((resolve) => {
      stop = this.#clock.setTimeout(resolve, CLOSE_MS);
    });
    await Promise.race([rest, late]);
    stop();
    this.#stopped.abort();
    await rest;
  }

  #take<T>(
    lanes: Lanes,
    { url }: Target,
    lane: string | symbol,
    work: (turn: Turn) => Promise<T>,
  ): Promise<T> {
    if (this.#closing.signal.aborted) throw closed(url);
    const site = URL.canParse(url) ? new URL(url).origin : '';
    const taken = lanes.add(site, lane, work);
    if (taken) return taken;
    throw new NotificationError('busy', `Too many notifications wait for ${shownUrl(url)} already.`);
  }

  async #attempt(target: Target, notification: Notification, signal?: AbortSignal): Promise<string> {
    const started = performance.now();
    const at = this.#clock.now();
    const report = (outcome: Delivery['outcome']) => {
      const ms = Math.round(performance.now() - started);
      this.#observe?.({ notification, url: shownUrl(target.url), at, ms, outcome });
    };
    try {
      const answer = await this.#post(target, notification, signal);
      const reply = xmlText(answer.body, answer.headers['content-type']);
      if (reply === undefined) {
        throw new WebError('unreadable', `The answer of ${shownUrl(answer.url)} has a charset nobody knows.`);
      }
      report({ kind: 'answered', status: answer.status, reply });
      return reply;
    } catch (error) {
      if (!(error instanceof WebError)) throw error;
      const failure = this.#stopped.signal.aborted
        ? closed(target.url)
        : new NotificationError(error.kind, error.message, error.details.status, { cause: error });
      report({ kind: 'failed', error: failure });
      throw failure;
    }
  }

  #post(target: Target, notification: Notification, signal?: AbortSignal): Promise<WebAnswer> {
    const settings = this.#settings();
    const content = Buffer.from(formOf(notification));
    return this.#client(
      {
        target,
        headers: { 'Cache-Control': 'no-store,no-cache', Pragma: 'no-cache' },
        ownHeaders: isOwnSite(target, settings) ? this.#proofs(content, settings) : {},
        body: { type: FORM, content },
      },
      {
        timeoutMs: settings.timeoutMs,
        maxBytes: settings.maxAnswerBytes,
        allowTargets: settings.allowTargets,
        signals: [this.#stopped.signal, ...(signal ? [signal] : [])],
      },
    );
  }

  /** What shows a site that it is this phone system that speaks. */
  #proofs(content: Buffer, { authorization, secret }: NotificationSettings): Record<string, string> {
    return {
      ...(authorization !== undefined && { Authorization: authorization }),
      ...(secret !== undefined && { [SIGNATURE_HEADER]: signatureOf(content, secret, this.#clock.now()) }),
    };
  }

  /** Waits, but not when the phone system stops. */
  async #pause(ms: number, url: string): Promise<void> {
    const { signal } = this.#closing;
    await new Promise<void>((resolve) => {
      const done = () => {
        cancel();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const cancel = this.#clock.setTimeout(done, ms);
      signal.addEventListener('abort', done);
    });
    if (signal.aborted) throw closed(url);
  }

  async #logged(target: Target, { name }: Notification, work: () => Promise<string>): Promise<string> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof NotificationError && error.kind !== 'aborted') {
        const { kind, message } = error;
        this.#log.warn({ notification: name, kind }, `A notification failed: ${message}`);
      }
      throw error;
    }
  }
}

function closed(url: string): NotificationError {
  return new NotificationError('closed', `The phone system stops; nothing more is sent to ${shownUrl(url)}.`);
}

/** Secrets are for the administrator's own sites, also when one of their scripts names another address there. */
function isOwnSite({ url, trusted }: Target, { ownSites = [] }: NotificationSettings): boolean {
  if (trusted || !URL.canParse(url)) return trusted;
  const { origin } = new URL(url);
  return ownSites.some((site) => URL.canParse(site) && new URL(site).origin === origin);
}
