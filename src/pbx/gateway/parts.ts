/** What the parts of the gateway work with. */
import type { Accounts } from '../accounts/index.js';
import type { Clock } from '../clock.js';
import type { Settings } from '../config/settings.js';
import type { Exchange } from '../exchange/index.js';
import type { Log } from '../log.js';
import type { TextMessages } from '../messages/index.js';
import type { Registrar } from '../registrar/index.js';
import type { CallHistory } from '../storage/call-records.js';
import type { LiveStore } from '../storage/live-store.js';
import type { Availability } from './availability.js';
import type { Directory } from './directory.js';
import type { Door } from './door.js';
import type { SignInGuard } from './sign-in-guard.js';

/** What the gateway stands on. */
export interface GatewayParts {
  /** The configuration as it is now. */
  readonly settings: () => Settings;
  readonly accounts: Accounts;
  readonly registrar: Registrar;
  readonly exchange: Exchange;
  readonly history: CallHistory;
  readonly messages: TextMessages;
  /** Where it is written down who is signed in. */
  readonly live: LiveStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** What a connection works with: the same, and what all connections share. */
export interface ConnectionParts extends GatewayParts {
  readonly door: Door;
  readonly guard: SignInGuard;
  readonly availability: Availability;
  readonly directory: Directory;
}
