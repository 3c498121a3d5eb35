import type { Party } from '../../protocol/entities.js';
import type { Session, SignalingEvent } from '../port.js';
import type { DialogState } from './dialog-info.js';

/** What dialogs are as sessions. */
const STATES: Record<string, Session['state']> = {
  trying: 'Setup',
  proceeding: 'Setup',
  early: 'Ringing',
  confirmed: 'InCall',
};

/** How far one is; both sides of a call are told of, one after the other. */
const ORDER: readonly Session['state'][] = ['Setup', 'Ringing', 'InCall'];

/** The calls of the extensions that are watched: each once, also where both its sides are. */
export class WatchedSessions {
  readonly #tell: (event: SignalingEvent) => void;
  readonly #sessions = new Map<string, Session>();
  /** Who told of a session. */
  readonly #tellers = new Map<string, Set<string>>();

  constructor(tell: (event: SignalingEvent) => void) {
    this.#tell = tell;
  }

  /** Takes what an extension does now. */
  take(extension: string, dialogs: ReadonlyMap<string, DialogState>): void {
    const now = new Map([...dialogs].map(([id, dialog]) => [dialog.callId || `${extension} ${id}`, dialog]));
    for (const [id, tellers] of this.#tellers) {
      if (now.has(id) || !tellers.delete(extension) || tellers.size) continue;
      this.#tellers.delete(id);
      const session = this.#sessions.get(id)!;
      this.#sessions.delete(id);
      // Which side hung up, these documents do not say.
      const state = session.talk.since === null ? 'Cancelled' : 'CallerHungUp';
      this.#tell({ type: 'session', session: { ...session, state, stateSince: Date.now() }, closed: true });
    }
    for (const [id, dialog] of now) {
      this.#tellers.set(id, (this.#tellers.get(id) ?? new Set()).add(extension));
      this.#put(id, extension, dialog);
    }
  }

  #put(id: string, extension: string, { state: told, called, local, remote }: DialogState): void {
    const before = this.#sessions.get(id);
    const own: Party = { number: extension, name: local?.name ?? '' };
    const other: Party = remote ?? { number: '', name: '' };
    const [caller, callee] = called ? [other, own] : [own, other];
    const state = STATES[told] ?? 'Setup';
    // The later of two documents may know less.
    if (before && ORDER.indexOf(state) <= ORDER.indexOf(before.state)) return;
    const now = Date.now();
    const session: Session = {
      id,
      masterId: id,
      state,
      direction: caller.number.includes('@')
        ? 'Inbound'
        : callee.number.includes('@')
          ? 'Outbound'
          : 'Internal',
      caller: caller.number,
      callee: callee.number,
      callerName: caller.name || (before?.callerName ?? ''),
      calleeName: callee.name || (before?.calleeName ?? ''),
      callerLegId: `${id} caller`,
      calleeLegId: `${id} callee`,
      ...{ source: caller.number, sourceType: 'SIP', destination: callee.number, destinationType: 'SIP' },
      dialedNumber: callee.number,
      startedAt: before?.startedAt ?? now,
      stateSince: now,
      talk: { ms: 0, since: state === 'InCall' ? now : null },
    };
    this.#sessions.set(id, session);
    this.#tell({ type: 'session', session, closed: false });
  }
}
