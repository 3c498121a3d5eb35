/** An exchange with phones around it, and nothing else: no network, no browser, no media. */
import assert from 'node:assert/strict';
import { PRIVILEGES } from '../../../src/protocol/index.js';
import type {
  AnyEventData,
  AnyEventName,
  Call,
  Extension,
  Privilege,
  Session,
} from '../../../src/protocol/index.js';
import { Exchange } from '../../../src/pbx/exchange/index.js';
import type { ExchangeParts } from '../../../src/pbx/exchange/index.js';
import type { DialPlan } from '../../../src/pbx/dial-plan/index.js';
import type { Log } from '../../../src/pbx/log.js';
import { Registrar } from '../../../src/pbx/registrar/index.js';
import type { Contact } from '../../../src/pbx/registrar/index.js';
import { FakeClock } from './fake-clock.js';
import { FakeMedia } from './fake-media.js';
import type { FakeLeg } from './fake-media.js';

const NAMES: Record<string, string> = {
  '1001': 'Front desk',
  '1002': 'Sales',
  '1003': 'Support',
  '1004': 'Supervisor',
};
/** The conference everybody can call. */
export const ROOM = { id: '5000', name: 'Conference' };
const LINE = { id: 'website', name: 'Web site', kind: 'line', type: 'Webphone outside line' } as const;

/** A log that fails the test when something is logged as an error; `lines` gets everything else. */
export const strictLog = (errors: string[], lines: string[] = []): Log => {
  const line = (details: object, message: string) => lines.push(`${message} ${JSON.stringify(details)}`);
  const log: Log = {
    debug: line,
    info: line,
    warn: line,
    error: (details, message) => errors.push(`${message} ${JSON.stringify(details, errorText)}`),
    child: () => log,
  };
  return log;
};

function errorText(_key: string, value: unknown): unknown {
  return value instanceof Error ? value.stack : value;
}

export class Office {
  readonly clock = new FakeClock();
  readonly media = new FakeMedia();
  readonly saved: { session: Session; endedAt: number | null }[] = [];
  /** Records and events in the order they came. */
  readonly journal: string[] = [];
  readonly errors: string[] = [];
  /** What was logged and is no error. */
  readonly logged: string[] = [];
  readonly registrar = new Registrar([
    ...Object.entries(NAMES).map(
      ([id, name]) => ({ id, name, kind: 'extension', type: 'Webphone' }) as const,
    ),
    LINE,
  ]);
  readonly exchange: Exchange;
  #connections = 0;

  constructor(
    dialPlan: DialPlan = { rules: [], ringSeconds: 60 },
    { services = [], router = null }: Pick<ExchangeParts, 'services' | 'router'> = {},
  ) {
    this.exchange = new Exchange({
      media: this.media,
      registrar: this.registrar,
      directory: {
        extension: (id) => (Object.hasOwn(NAMES, id) ? { id, name: NAMES[id]! } : undefined),
      },
      dialPlan,
      conferences: [ROOM],
      services,
      router,
      records: {
        save: (session, endedAt) => {
          this.saved.push({ session, endedAt });
          this.journal.push(`save ${session.state}`);
        },
      },
      clock: this.clock,
      log: strictLog(this.errors, this.logged),
    });
  }

  /** A phone signed in at an extension, with the privileges every extension has and these. */
  phone(extension: string, privileges: readonly Privilege[] | 'all' = []): Phone {
    const all: Privilege[] =
      privileges === 'all' ? [...PRIVILEGES] : ['users', 'calls.pickup', ...privileges];
    return new Phone(this, {
      number: extension,
      privileges: all,
      account: { id: extension, name: NAMES[extension]!, kind: 'extension', type: 'Webphone' },
      rings: null,
      id: `connection-${++this.#connections}`,
    });
  }

  /** A visitor of the web site. */
  visitor(number: string): Phone {
    const id = `connection-${++this.#connections}`;
    return new Phone(this, { number, privileges: [], account: LINE, rings: '1001', id });
  }

  /** The holder of a security token. */
  token(number: string, privileges: readonly Privilege[] = []): Phone {
    const account = { id: number, name: 'Token', kind: 'extension', type: 'Token' } as const;
    const id = `connection-${++this.#connections}`;
    return new Phone(this, { number, privileges: [...privileges], account, rings: null, id, kind: 'token' });
  }

  /** Two phones that talk. */
  async talking(caller: Phone, callee: Phone): Promise<[string, string]> {
    const dialed = await caller.start(callee.number);
    const rung = callee.ringing();
    await callee.accept(rung);
    return [dialed, rung];
  }

  session(id: string): Session {
    const session = this.exchange.sessionsFor(this.#seer).find((each) => each.id === id);
    assert.ok(session, 'there is such a session');
    return session;
  }

  status(extension: string): Extension['status'] {
    return this.registrar.list().find(({ id }) => id === extension)!.status;
  }

  /** After all calls: no leg, session, media or timer is left, and nothing went wrong on the way. */
  mustBeQuiet(): void {
    assert.deepEqual(this.errors, []);
    assert.equal(this.exchange.legCount, 0, 'legs');
    assert.equal(this.exchange.sessionCount, 0, 'sessions');
    assert.equal(this.media.legCount, 0, 'media legs');
    assert.equal(this.media.mixers.size, 0, 'mixers');
    assert.equal(this.clock.pending, 0, 'timers');
    for (const { id, kind, type, status } of this.registrar.list()) {
      const online = this.registrar
        .contacts()
        .some(({ account }) => account.id === id && account.kind === kind);
      const service = type === 'Conference' || type === 'API';
      assert.equal(status, online || service ? 'idle' : 'offline', `status of ${id}`);
    }
  }

  readonly #seer: Contact = {
    id: 'seer',
    identity: { number: 'seer', name: '', kind: 'extension', privileges: ['sessions.view'] },
    account: { id: 'seer', name: '', kind: 'extension', type: '' },
    rings: null,
    tell() {},
  };
}

interface PhoneData {
  readonly id: string;
  readonly number: string;
  readonly privileges: Privilege[];
  readonly account: Contact['account'];
  readonly rings: string | null;
  readonly kind?: 'token';
}

let calls = 0;

export class Phone {
  readonly number: string;
  readonly events: { name: AnyEventName; data: unknown }[] = [];
  readonly contact: Contact;

  constructor(
    private readonly office: Office,
    { id, number, privileges, account, rings, kind }: PhoneData,
  ) {
    this.number = number;
    this.contact = {
      id,
      identity: { number, name: account.name, kind: kind ?? account.kind, privileges },
      account,
      rings,
      tell: (name, data) => {
        this.events.push({ name, data });
        office.journal.push(`${number} ${name} ${(data as { state?: string }).state ?? ''}`.trim());
      },
    };
    office.registrar.add(this.contact);
  }

  get #exchange(): Exchange {
    return this.office.exchange;
  }

  async start(to: string, { video = false, offer = `v=0 ${this.contact.id}` } = {}): Promise<string> {
    const callId = `call-${++calls}`;
    const { answer, proceed } = await this.#exchange.start(this.contact, { callId, to, offer, video });
    assert.match(answer, /^v=0/);
    proceed();
    return callId;
  }

  async accept(callId: string, { video = false, offer = `v=0 ${this.contact.id}` } = {}): Promise<string> {
    const { answer, proceed } = await this.#exchange.accept(this.contact, { callId, offer, video });
    proceed();
    return answer;
  }

  async pickUp(extension: string): Promise<string> {
    const callId = `call-${++calls}`;
    await this.#exchange.pickUp(this.contact, { callId, extension, offer: `v=0 ${this.contact.id}` });
    return callId;
  }

  reject = (callId: string) => this.#exchange.reject(this.contact, callId);
  forward = (callId: string, to: string) => this.#exchange.forward(this.contact, callId, to);
  hangUp = (callId: string) => this.#exchange.hangUp(this.contact, callId);
  hold = (callId: string) => this.#exchange.hold(this.contact, callId, true);
  unhold = (callId: string) => this.#exchange.hold(this.contact, callId, false);
  transfer = (callId: string, to: string) => this.#exchange.transfer(this.contact, callId, to);
  join = (callId: string, consult: string) => this.#exchange.join(this.contact, callId, consult);

  merge = (...callIds: string[]) => this.#exchange.merge(this.contact, callIds);
  split = (callId: string) => this.#exchange.split(this.contact, callId);
  message = (callId: string, text: string) => this.#exchange.sendMessage(this.contact, callId, text);
  setUp = (caller: string, callee: string) => this.#exchange.setUp(this.contact, caller, callee);

  async listen(sessionId: string, { offer = `v=0 ${this.contact.id}` } = {}): Promise<string> {
    const callId = `call-${++calls}`;
    await this.#exchange.listen(this.contact, { sessionId, callId, offer });
    return callId;
  }

  /** The connection breaks. */
  lose(): void {
    this.office.registrar.remove(this.contact);
    this.#exchange.contactGone(this.contact, 'connection-lost');
  }

  /** The latest news of a call. */
  call(callId: string): Call {
    const news = this.told('call.changed').filter(({ id }) => id === callId);
    assert.ok(news.length > 0, 'the phone was told of the call');
    return news.at(-1)!;
  }

  /** The call that rings here. */
  ringing(): string {
    const ids = [...new Set(this.told('call.changed').map(({ id }) => id))];
    const found = ids.find((id) => {
      const { state, direction } = this.call(id);
      return state === 'ringing' && direction === 'incoming';
    });
    assert.ok(found, `a call rings at ${this.number}`);
    return found;
  }

  told<E extends AnyEventName>(name: E): AnyEventData<E>[] {
    return this.events.filter((event) => event.name === name).map(({ data }) => data as AnyEventData<E>);
  }

  /** The states of sessions this phone was told of, in order. */
  sessionStates(id?: string): string[] {
    return this.events
      .filter(({ name }) => name === 'session.changed' || name === 'session.closed')
      .map(({ data }) => data as Session)
      .filter((session) => id === undefined || session.id === id)
      .map(({ state }) => state);
  }

  /** The media of this phone's calls, in the order they were made. */
  media(): FakeLeg[] {
    return [...this.office.media.legs].filter(({ offer }) => offer === `v=0 ${this.contact.id}`);
  }

  /** Whom this phone hears in its latest call: a connection's id, `music` or null. */
  hears(): string | null {
    const heard = this.media().at(-1)?.heard('audio') ?? null;
    return heard?.replace(/^v=0 /, '') ?? null;
  }

  sees(): string | null {
    return this.media().at(-1)?.heard('video')?.replace(/^v=0 /, '') ?? null;
  }
}

/** Asserts that a request is refused, and how. */
export async function refused(reason: string, request: () => unknown): Promise<void> {
  await assert.rejects(
    async () => {
      await request();
    },
    (error: { reason?: string }) => {
      assert.equal(error.reason, reason);
      return true;
    },
  );
}
