/** What scripts work with. */
import type { Exchange } from '../exchange/index.js';
import type { Log } from '../log.js';
import type { MediaEngine } from '../media/engine.js';
import type { NotificationSender } from '../notifications/index.js';
import type { Afterwards } from './afterwards.js';
import type { Journal } from './journal.js';
import type { OutgoingCalls } from './outgoing-calls.js';
import type { OutgoingMessages } from './outgoing-messages.js';
import type { Recordings } from './recordings.js';
import type { Sounds } from './sounds.js';

/** What stands without scripts. */
export interface ScriptFoundations {
  readonly exchange: Exchange;
  readonly media: MediaEngine;
  readonly sender: NotificationSender;
  readonly sounds: Sounds;
  readonly recordings: Recordings;
  readonly journal: Journal;
  readonly log: Log;
}

export interface ScriptParts extends ScriptFoundations {
  readonly outgoing: OutgoingCalls;
  readonly messages: OutgoingMessages;
  readonly afterwards: Afterwards;
}
