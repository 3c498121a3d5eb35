/** The life of one leg: the connection of one phone with the phone system. */
import type { Table } from './state-machine.js';

export type LegState = 'created' | 'dialing' | 'ringing' | 'active' | 'ended';

/**
 * `dial`: its number is looked up; `ring`: the called phone rings, which for a called leg is this phone;
 * `redirect`: the called party sent the call on; `answer`: both can talk;
 * `listen`: hears others and is not heard; `end`: over, whatever the reason.
 */
export type LegEvent = 'dial' | 'ring' | 'redirect' | 'answer' | 'listen' | 'end';

export const LEG_TABLE: Table<LegState, LegEvent> = {
  created: { dial: 'dialing', ring: 'ringing', listen: 'active', end: 'ended' },
  // Answered without ringing: what came from outside before was heard instead of a ringback tone.
  dialing: { ring: 'ringing', answer: 'active', end: 'ended' },
  ringing: { redirect: 'dialing', answer: 'active', end: 'ended' },
  active: { end: 'ended' },
  ended: {},
};
