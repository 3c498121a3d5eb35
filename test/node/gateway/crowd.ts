/** People who do anything at any time over networks that break, and what must be true whatever they do. */
import assert from 'node:assert/strict';
import { RESUME_MS } from '../../../src/protocol/index.js';
import type { Call, Session } from '../../../src/protocol/index.js';
import type { FakeMixer } from '../exchange/fake-media.js';
import { FakeClock } from '../exchange/fake-clock.js';
import { cheapHash } from '../../support/cheap-hash.js';
import { Client, startHouse } from './client.js';
import type { House } from './client.js';

/** Who is there: extensions, the last of them a supervisor, and a visitor of the web site. */
export const PEOPLE = ['1001', '1002', '1002', '1004', 'website'] as const;
const SUPERVISOR = 3;
const NUMBERS = ['1001', '1002', '1003', '1004', '5000', '4711', ''];

export const ACTIONS = [
  ...['start', 'start', 'start', 'accept', 'accept', 'accept', 'accept', 'reject', 'forward', 'hangup'],
  ...['hold', 'unhold', 'transfer', 'transfer', 'join', 'pickup', 'candidate', 'offer', 'video'],
  ...['session-hold', 'session-unhold', 'session-close', 'session-transfer', 'session-forward'],
  ...['session-listen', 'setup', 'message', 'wait', 'fail', 'nothing'],
] as const;

function isRinging({ state, direction }: Call): boolean {
  return state === 'ringing' && direction === 'incoming';
}

/** One thing somebody does. Numbers choose among what there is at that moment. */
export interface Step {
  readonly who: number;
  readonly action: string;
  readonly call: number;
  readonly to: number;
  /** Whoever is called answers instead. */
  readonly answers: boolean;
  /** The request is sent twice. */
  readonly twice: boolean;
  /** The network breaks: before the request, right after it was sent, or not at all. */
  readonly cut: 'no' | 'before' | 'after';
  /** Who comes back knows nothing any more, as after a reload. */
  readonly forgets: boolean;
}

/** A request without an answer, sent again over the next socket. */
interface Open {
  readonly request: { readonly id: number; readonly method: string; readonly params: unknown };
  readonly done: Promise<void>;
  readonly answered: () => void;
}

/** A person's phone, over one socket after the other. */
class Person {
  client!: Client;
  /** What came about, so that a test can tell whether anything was tried at all. */
  readonly seen = new Set<string>();
  readonly #calls = new Map<string, Call>();
  #sessions = new Map<string, Session>();
  #id = '';
  #secret = '';
  #seq: number | null = 0;
  #read = 0;
  #requests = 0;
  readonly #open = new Map<number, Open>();

  constructor(
    readonly house: House,
    readonly name: string,
  ) {}

  get calls(): Call[] {
    return [...this.#calls.values()].filter(({ state }) => state !== 'ended');
  }

  get sessions(): ReadonlyMap<string, Session> {
    return this.#sessions;
  }

  async arrive(): Promise<void> {
    this.client = await this.house.connect();
    this.client.repeats = true;
    this.#read = 0;
    const welcome =
      this.name === 'website' ? await this.client.openByToken(this.name) : await this.client.open(this.name);
    this.#id = welcome.connectionId;
    this.#secret = welcome.resumeSecret;
    this.#seq = welcome.seq;
    this.#take(welcome);
  }

  cut(): Promise<number> {
    return this.client.cut();
  }

  /** Comes back, or signs in anew when nobody waited. */
  async back(forgets: boolean): Promise<void> {
    this.client = await this.house.connect();
    this.client.repeats = true;
    this.#read = 0;
    const params = {
      protocol: 1,
      connectionId: this.#id,
      secret: this.#secret,
      seq: forgets ? null : this.#seq,
    };
    const id = 1_000_000 + ++this.#requests;
    const outcome = (await this.client.send({ id, method: 'connection.resume', params })) as
      | { reason: string }
      | { resumeSecret: string; seq: number; snapshot: { calls: Call[]; sessions: Session[] } | null };
    if ('reason' in outcome) {
      assert.equal(outcome.reason, 'unauthorized');
      await this.client.close();
      for (const { answered } of this.#open.values()) answered();
      this.#open.clear();
      return this.arrive();
    }
    this.#secret = outcome.resumeSecret;
    this.#seq = outcome.seq;
    if (outcome.snapshot) this.#take(outcome.snapshot);
    if (forgets) {
      // It waits for nothing either.
      for (const { answered } of this.#open.values()) answered();
      this.#open.clear();
    }
    for (const open of [...this.#open.values()]) this.#send(open);
  }

  request(method: string, params: unknown, twice: boolean): void {
    const request = { id: ++this.#requests, method, params };
    let answered = () => {};
    const done = new Promise<void>((resolve) => (answered = resolve));
    const open = { request, done, answered };
    this.#open.set(request.id, open);
    this.#send(open);
    if (twice) this.client.raw(JSON.stringify({ jsonrpc: '2.0', ...request }));
  }

  #send({ request, answered }: Open): void {
    void this.client.send(request).then((outcome) => {
      assert.notEqual((outcome as { reason?: string }).reason, 'internal', request.method);
      assert.notEqual((outcome as { reason?: string }).reason, 'invalid-params', request.method);
      this.#open.delete(request.id);
      answered();
    });
  }

  /** Waits until everything asked for is answered, and reads what was told: each number once, in order. */
  async settle(): Promise<void> {
    const ping = { id: 2_000_000 + ++this.#requests, method: 'connection.ping', params: {} };
    await this.client.send(ping);
    await Promise.all([...this.#open.values()].map(({ done }) => done));
    this.read();
  }

  read(): void {
    for (const { name, seq, data } of this.client.events.slice(this.#read)) {
      this.#read += 1;
      assert.equal(seq, this.#seq! + 1, `${this.name} is told ${name} in sequence`);
      this.#seq = seq;
      if (name === 'call.changed') this.#calls.set((data as Call).id, data as Call);
      if (name.startsWith('session.')) this.seen.add((data as Session).state);
      if (name === 'session.changed') this.#sessions.set((data as Session).id, data as Session);
      if (name === 'session.closed') this.#sessions.delete((data as Session).id);
    }
  }

  /** What it knows is what there is. */
  async check(): Promise<void> {
    const [calls, sessions] = [new Map(this.calls.map((call) => [call.id, call])), this.#sessions];
    await this.cut();
    await this.back(true);
    assert.deepEqual(
      new Map(this.calls.map((call) => [call.id, call])),
      calls,
      `${this.name} knows its calls`,
    );
    assert.deepEqual(this.#sessions, sessions, `${this.name} knows its sessions`);
  }

  #take({ calls, sessions }: { calls: readonly Call[]; sessions: readonly Session[] }): void {
    this.#calls.clear();
    for (const call of calls) this.#calls.set(call.id, call);
    this.#sessions = new Map(sessions.map((session) => [session.id, session]));
  }
}

export class Crowd {
  #count = 0;
  /** How often somebody was found to hear another. */
  heard = 0;

  private constructor(
    readonly house: House,
    readonly clock: FakeClock,
    readonly people: Person[],
  ) {}

  static async gather(): Promise<Crowd> {
    const clock = new FakeClock();
    const extensions = ['1001', '1002', '1003', '1004'].map((id) => ({
      ...{ id, name: `Desk ${id}`, passwordHash: cheapHash(`demo-${id}`) },
      privileges: id === '1004' ? 'all' : [],
    }));
    const conferences = [{ id: '5000', name: 'Conference' }];
    const more = { extensions, conferences, dialPlan: { ringSeconds: 20 } };
    const house = await startHouse(more, { clock });
    const people = PEOPLE.map((name) => new Person(house, name));
    for (const person of people) await person.arrive();
    return new Crowd(house, clock, people);
  }

  async step(wanted: Step): Promise<void> {
    // Mostly people answer what rings, otherwise there would be little to hold and to transfer.
    const called = this.people.find(({ calls }) => calls.some(isRinging));
    const step = called && wanted.answers ? { ...wanted, action: 'accept' } : wanted;
    const person = called && wanted.answers ? called : this.people[step.who % this.people.length]!;
    const request = this.#request(person, step);
    if (step.cut === 'before') {
      await person.cut();
      await person.back(step.forgets);
    }
    if (request) person.request(...request, step.twice);
    if (step.cut === 'after') {
      await person.cut();
      person.read();
      // Long enough that nobody waits, now and then.
      if (step.to % 7 === 0) await this.#pass(RESUME_MS);
      await person.back(step.forgets);
    }
    if (step.action === 'wait') await this.#pass(20_000);
    if (step.action === 'fail') [...this.house.media.legs][step.call]?.observer.failed('gone');
    // The phone system takes fifty messages a second.
    this.clock.pass(500);
    await this.settle();
  }

  async settle(): Promise<void> {
    for (const person of this.people) await person.settle();
    // What one is told by another's answer may have come after it was asked.
    for (const person of this.people) await person.settle();
  }

  /** What must be true at any time. */
  invariants(): void {
    const { house, people } = this;
    assert.deepEqual(
      house.logged.filter((line) => line.includes('"level":"error"')),
      [],
    );
    const known = people[SUPERVISOR]!.sessions;
    const calls = people.flatMap((person) => person.calls);
    for (const call of calls) {
      const session = known.get(call.sessionId);
      assert.ok(session, `the ${call.state} call ${call.id} has a session`);
    }
    const used = new Set(calls.map(({ sessionId }) => sessionId));
    for (const { id, state, callerLegId } of known.values()) {
      assert.ok(used.has(id), `the session ${id} (${state}, ${callerLegId}) has a call`);
    }
    const { sessions, legs, mediaLegs } = house.system.vitals();
    assert.equal(sessions, known.size, 'every session is seen by who may see all');
    // A conference has a leg of its own in each call to it, and no media.
    const ofRooms = [...known.values()].filter(
      ({ sourceType, destinationType, state }) =>
        state !== 'Setup' && (destinationType === 'Conference' || sourceType === 'Conference'),
    );
    assert.ok(legs >= calls.length && legs <= calls.length + ofRooms.length, 'no leg without a call');
    assert.ok(mediaLegs <= calls.length, 'no media without a call');
    this.#hearing(new Map(calls.map((call) => [call.id, call])), known);
  }

  async end(): Promise<void> {
    for (const person of this.people) await person.check();
    for (const person of this.people) {
      for (const { id } of person.calls) person.request('call.hangup', { callId: id }, false);
      await this.settle();
      await this.#pass(1000);
    }
    await this.settle();
    const { legs, sessions, mediaLegs } = this.house.system.vitals();
    assert.deepEqual({ legs, sessions, mediaLegs }, { legs: 0, sessions: 0, mediaLegs: 0 });
    assert.equal(this.house.media.mixers.size, 0);
  }

  async close(): Promise<void> {
    await Promise.all(this.people.map(({ client }) => client.cut()));
    await this.house.close();
  }

  /** Nobody hears whom they should not. */
  #hearing(calls: ReadonlyMap<string, Call>, sessions: ReadonlyMap<string, Session>): void {
    const callOf = (offer: string) => calls.get(offer.replace(/^v=0 /, ''));
    for (const leg of this.house.media.legs) {
      const call = callOf(leg.offer);
      if (!call) continue;
      const heard = leg.heard('audio');
      if (heard === null) continue;
      assert.equal(call.state, 'active', `${call.id} hears ${heard} in an answered call only`);
      const other = callOf(heard);
      if (!other) continue;
      assert.equal(other.sessionId, call.sessionId, `${call.id} hears ${other.id} of the same session`);
      this.heard += 1;
      assert.ok(!call.heldRemotely && !other.heldLocally, `${call.id} is not held, and hears ${other.id}`);
      assert.notEqual(other.kind, 'listening', 'who listens is not heard');
    }
    for (const mixer of this.house.media.mixers) this.#mixed(mixer, callOf, sessions);
  }

  /** Who is mixed is in the conference, or all are of the one session that somebody listens to. */
  #mixed(
    mixer: FakeMixer,
    callOf: (offer: string) => Call | undefined,
    sessions: ReadonlyMap<string, Session>,
  ): void {
    const mixed = mixer.names().flatMap((name) => callOf(name) ?? []);
    const ids = new Set(mixed.map(({ sessionId }) => sessionId));
    for (const call of mixed) assert.notEqual(call.kind, 'listening', 'who listens is not heard');
    const rooms = [...ids].every((id) => {
      const { sourceType, destinationType } = sessions.get(id)!;
      return [sourceType, destinationType].includes('Conference');
    });
    assert.ok(rooms || ids.size <= 1, 'those of different calls are not mixed');
  }

  #request(person: Person, { action, call, to }: Step): [string, object] | null {
    const { calls } = person;
    const pick = <T>(list: readonly T[], at: number) => list[at % Math.max(1, list.length)];
    const ringing = calls.filter(isRinging);
    const callId = pick(calls, call)?.id ?? 'none';
    const rings = pick(ringing, call)?.id ?? callId;
    const number = pick(NUMBERS, to)!;
    const target = number === '' ? '1001' : number;
    const sessionId = pick([...this.people[SUPERVISOR]!.sessions.keys()], call) ?? 'none';
    const fresh = () => {
      const id = `c${++this.#count}`;
      return { callId: id, offer: `v=0 ${id}` };
    };
    switch (action) {
      case 'start':
        return ['call.start', { ...fresh(), to: number, video: call % 2 === 0 }];
      case 'accept':
        return ['call.accept', { callId: rings, offer: `v=0 ${rings}`, video: false }];
      case 'reject':
        return ['call.reject', { callId: rings }];
      case 'forward':
        return ['call.forward', { callId: rings, to: target }];
      case 'hangup':
      case 'hold':
      case 'unhold':
        return [`call.${action}`, { callId }];
      case 'transfer':
        return ['call.transfer', { callId, to: target }];
      case 'join':
        return ['call.join', { callId, consultCallId: pick(calls, call + 1)?.id ?? 'none' }];
      case 'pickup':
        return ['call.pickup', { ...fresh(), extension: target }];
      case 'candidate':
        return ['call.candidate', { callId, candidate: null }];
      case 'offer':
        return ['call.offer', { callId, offer: 'v=0 again' }];
      case 'video':
        return ['call.video', { callId, sending: to % 2 === 0 }];
      case 'session-hold':
      case 'session-unhold':
      case 'session-close':
        return [action.replace('-', '.'), { sessionId }];
      case 'session-transfer':
        return ['session.transfer', { sessionId, transferor: pick(['caller', 'callee'], call), to: target }];
      case 'session-forward':
        return ['session.forward', { sessionId, to: target }];
      case 'session-listen':
        return ['session.listen', { ...fresh(), sessionId }];
      case 'setup':
        return ['calls.setup', { caller: target, callee: pick(NUMBERS.slice(0, 6), call)! }];
      case 'message':
        return ['call.message', { callId, text: 'Hello' }];
      default:
        return null;
    }
  }

  /** Lets time pass, never so much at once that those who are there seem to be gone. */
  async #pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 20_000) {
      this.clock.pass(Math.min(left, 20_000));
      // The answers to pings are read by the phone system before these.
      await Promise.all(
        this.people
          .filter(({ client }) => client.socket.readyState === client.socket.OPEN)
          .map((person) => person.settle()),
      );
    }
  }
}
