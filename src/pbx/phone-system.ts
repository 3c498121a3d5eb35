/** The phone system put together: accounts, registrar, dial plan, exchange and gateway over one media engine. */
import type { Server as HttpServer } from 'node:http';
import { Accounts } from './accounts/index.js';
import { systemClock } from './clock.js';
import type { Clock } from './clock.js';
import type { Settings } from './config/settings.js';
import { Exchange } from './exchange/index.js';
import { Gateway } from './gateway/index.js';
import type { Log } from './log.js';
import type { MediaEngine } from './media/engine.js';
import { Registrar } from './registrar/index.js';
import type { CallRecords } from './storage/call-records.js';

/** What the phone system stands on; made by the command line, or by a test. */
export interface Foundations {
  readonly settings: Settings;
  readonly log: Log;
  readonly media: MediaEngine;
  readonly records: CallRecords;
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
  /** Takes the WebSocket upgrades of an HTTP server; with `path`, only those to it. */
  attach(server: HttpServer, options?: { path?: string }): void;
  /** Tells every digit a party presses in a call, for applications that gather them. Returns the way to stop. */
  onDigit(listener: (press: { sessionId: string; legId: string; digit: string }) => void): () => void;
  vitals(): Vitals;
  /** Ends every call, tells every client, closes every connection. */
  close(): Promise<void>;
}

/** How long media may take to close when the phone system stops, in milliseconds. */
const MEDIA_CLOSE_MS = 1000;

/** Puts a phone system together. It answers nobody until it is attached to a server. */
export function createPhoneSystem(foundations: Foundations): PhoneSystem {
  const { settings, log, media, records, clock = systemClock } = foundations;
  const accounts = new Accounts(settings, clock);
  const registrar = new Registrar(accounts.list());
  const exchange = new Exchange({
    media,
    registrar,
    directory: accounts,
    dialPlan: settings.dialPlan,
    records,
    clock,
    log,
  });
  const gateway = new Gateway({ settings, accounts, registrar, exchange, clock, log });
  return {
    attach: (server, { path } = {}) => gateway.attach(server, path),
    onDigit: (listener) => exchange.onDigit(listener),
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
      await Promise.all([gateway.close(), settled(mediaClosed, MEDIA_CLOSE_MS, clock)]);
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
