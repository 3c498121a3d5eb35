/** The life of a line's registration. */
import type { Table } from '../exchange/state-machine.js';

/** `off`: not wanted; `trying`: asked for; `registered`: calls can come and go; `waiting`: failed, and tried again soon. */
export type RegistrationState = 'off' | 'trying' | 'registered' | 'waiting';
export type RegistrationEvent = 'try' | 'accept' | 'fail' | 'stop';

export const REGISTRATION_TABLE: Table<RegistrationState, RegistrationEvent> = {
  off: { try: 'trying' },
  trying: { accept: 'registered', fail: 'waiting', stop: 'off' },
  // It is renewed while it counts.
  registered: { accept: 'registered', fail: 'waiting', stop: 'off' },
  waiting: { try: 'trying', stop: 'off' },
};
