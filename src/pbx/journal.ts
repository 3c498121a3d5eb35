/**
 * What lately happened between the phone system and web sites, for people who write scripts: commands, notifications,
 * and the scripts that are run. Never put a digit that a person pressed into it, nor a password or token.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from './clock.js';

/** Something that happened. Texts are shortened, and an address is kept without its query. */
export type Happening =
  /** A command of the HTTP API was answered. */
  | {
      readonly type: 'command';
      readonly name: string;
      readonly code: number;
      /** The message of an answer that is not 200. */
      readonly problem?: string | undefined;
    }
  /** A notification was answered by the web site, or it was not. */
  | {
      readonly type: 'notification';
      readonly step: 'answered' | 'failed';
      /** As documented: `IncomingCall`. */
      readonly name: string;
      readonly url: string;
      /** What it says of the call or message, in a word: `Ringing`. */
      readonly detail?: string | undefined;
      /** How long it took, in milliseconds. */
      readonly ms: number;
      readonly problem?: string | undefined;
    }
  /** A script began, came to a command, ended, or was broken off by an error. */
  | {
      readonly type: 'script';
      readonly step: 'begun' | 'command' | 'ended' | 'error';
      /** As documented: `Play`. */
      readonly command?: string | undefined;
      /** Of an error. */
      readonly code?: number | undefined;
      readonly problem?: string | undefined;
    };

/** What happened, and to which call. */
export type NewEntry = Happening & {
  /** The session's id; null for what belongs to no call. */
  readonly callId: string | null;
  /** The API extension whose script it is; null without one. */
  readonly apiExtension?: string | null | undefined;
};

export type JournalEntry = NewEntry & {
  /** Another one for each entry, also after a restart. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
};

/** Entries that are kept; the oldest are forgotten first. */
const CAPACITY = 500;
/** Characters of a text that are kept. */
const MAX_TEXT = 300;

export class ApiJournal {
  readonly #entries: JournalEntry[] = [];
  readonly #listeners = new Set<(entry: JournalEntry) => void>();
  /** Tells the entries of this process from those of an earlier one. */
  readonly #run = randomUUID().slice(0, 8);
  #count = 0;

  constructor(private readonly clock: Clock) {}

  add(entry: NewEntry): void {
    this.#count += 1;
    const kept = { ...shortened(entry), id: `${this.#run}-${this.#count}`, at: this.clock.now() };
    this.#entries.push(kept);
    if (this.#entries.length > CAPACITY) this.#entries.shift();
    for (const listener of [...this.#listeners]) listener(kept);
  }

  /** What came after the entry of that id; everything that is kept when there is no such entry. */
  since(id: string): JournalEntry[] {
    return this.#entries.slice(this.#entries.findIndex((entry) => entry.id === id) + 1);
  }

  /** Tells each entry from now on. Returns the way to stop. */
  listen(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function shortened(entry: NewEntry): NewEntry {
  const texts = Object.entries(entry).map(([key, value]) => {
    if (typeof value !== 'string') return [key, value];
    const text = key === 'url' ? withoutQuery(value) : value;
    return [key, text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text];
  });
  return Object.fromEntries(texts) as NewEntry;
}

/** Where a request went, without what may be a secret. */
function withoutQuery(url: string): string {
  if (!URL.canParse(url)) return '';
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
