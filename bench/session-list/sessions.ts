/** A phone that hears of many sessions, as it would from a busy phone system: the real one, over a stand-in link. */
import { createPhone, type PhoneHandle, type Session } from '../../src/phone/index.js';
import type { SignalingEvent, SignalingPort } from '../../src/signaling/port.js';
import { SilentMedia } from '../../test/support/silent-media.js';

const STATES = ['InCall', 'OnHold', 'Ringing', 'CalleeOnHold', 'InCall'] as const;

function session(number: number, state: Session['state'] = 'InCall'): Session {
  const now = Date.now();
  const id = `session-${number}`;
  return {
    id,
    masterId: id,
    state,
    direction: 'Internal',
    caller: String(1000 + (number % 9000)),
    callee: String(10_000 + (number % 9000)),
    callerName: `Desk ${number % 9000}`,
    calleeName: `Customer ${number}`,
    callerLegId: `a-${number}`,
    calleeLegId: `b-${number}`,
    source: '',
    sourceType: 'Webphone',
    destination: '',
    destinationType: 'Webphone',
    dialedNumber: '',
    startedAt: now - number * 10,
    stateSince: now,
    talk: { ms: 0, since: now - (number % 600) * 1000 },
  };
}

export interface BusyPhone {
  readonly phone: PhoneHandle;
  /** Tells the phone of so many changes: states, sessions that end, new ones in their place. */
  change(count: number): void;
}

export async function busyPhone(count: number): Promise<BusyPhone> {
  const sessions = Array.from({ length: count }, (_, index) => session(index));
  let tell: (event: SignalingEvent) => void = () => {};
  const capabilities = new Proxy({}, { get: () => true });
  const port = new Proxy({} as SignalingPort, {
    get: (_, name) => {
      if (name === 'capabilities') return capabilities;
      if (name === 'listen') return (listener: typeof tell) => ((tell = listener), () => {});
      // A promise that is not one: the phone awaits the port.
      if (name === 'then') return undefined;
      return () =>
        Promise.resolve({
          identity: { number: '1004', name: 'Supervisor', kind: 'extension', privileges: ['sessions.view'] },
          iceServers: [],
          calls: [],
          // A copy: the phone freezes what it is given.
          sessions: [...sessions],
          extensions: [],
          clockOffset: 0,
        });
    },
  });
  const phone = createPhone({ signaling: () => Promise.resolve(port), media: () => new SilentMedia() });
  await phone.connect({ server: 'bench', signIn: { token: 'bench' } });

  let next = count;
  // The same changes for everybody.
  let seed = 1;
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  return {
    phone,
    change(changes) {
      for (let index = 0; index < changes; index++) {
        const place = random(sessions.length);
        const old = sessions[place]!;
        if (random(10) === 0) {
          tell({ type: 'session', session: { ...old, state: 'CallerHungUp' }, closed: true });
          sessions[place] = session(next++, 'Ringing');
        } else sessions[place] = { ...old, state: STATES[random(STATES.length)]! };
        tell({ type: 'session', session: sessions[place], closed: false });
      }
    },
  };
}
