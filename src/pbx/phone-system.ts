/** The phone system put together: accounts, registrar, dial plan, exchange and gateway over one media engine. */
import type { Server as HttpServer } from 'node:http';
import type { Settings } from './config/settings.js';
import type { Log } from './log.js';
import type { MediaEngine } from './media/engine.js';
import type { CallRecords } from './storage/call-records.js';

/** What the phone system stands on; made by the command line, or by a test. */
export interface Foundations {
  readonly settings: Settings;
  readonly log: Log;
  readonly media: MediaEngine;
  readonly records: CallRecords;
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
