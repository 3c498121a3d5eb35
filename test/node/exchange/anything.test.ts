import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Call } from '../../../src/protocol/index.js';
import { ProtocolError, SESSION_STATES } from '../../../src/protocol/index.js';
import { Office } from './office.js';
import type { Phone } from './office.js';

/** What the holder of a token may do. */
const TOKEN = ['sessions.view', 'calls.setup', 'sessions.listen'] as const;

/** A random number generator that gives the same numbers for the same seed (mulberry32). */
function random(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Seven people press anything at any time. */
class Chaos {
  readonly office = new Office();
  readonly phones: Phone[] = ['1001', '1002', '1002', '1003'].map((extension) =>
    this.office.phone(extension),
  );
  readonly #random: () => number;
  /** What came about of the rarer things. */
  readonly tried = new Set<string>();
  done = 0;

  constructor(seed: number) {
    this.#random = random(seed);
    this.phones.push(this.office.phone('1004', 'all'), this.office.visitor('Qdb3W'));
    this.phones.push(this.office.token('Xk2Pa', TOKEN));
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)]!;
  }

  calls(phone: Phone): Call[] {
    return this.office.exchange.callsOf(phone.contact);
  }

  /** Does one thing, sensible or not. A refusal is fine; anything else that is thrown is not. */
  async step(): Promise<void> {
    const phone = this.pick(this.phones);
    const calls = this.calls(phone);
    const id = calls.length > 0 ? this.pick(calls).id : 'none';
    const other = calls.length > 0 ? this.pick(calls).id : 'none';
    const numbers = ['1001', '1002', '1003', '1004', '5000', 'Xk2Pa', '4711', ''];
    const to = this.pick(numbers);
    const { exchange } = this.office;
    const sessionId = this.pick([...this.#sessionIds(), 'none']);
    const boss = this.phones[4]!;
    const ringing = this.#ringing(phone);
    const things: (() => unknown)[] = [
      () => phone.start(to, { video: true }),
      () => phone.start(to),
      () => phone.accept(ringing ?? id),
      () => phone.reject(ringing ?? id),
      () => phone.forward(ringing ?? id, to),
      () => phone.hangUp(id),
      () => phone.hold(id),
      () => phone.unhold(id),
      () => phone.transfer(id, to),
      () => phone.transfer(id, to),
      () => phone.join(id, other),
      () => phone.merge(...new Set([id, other])),
      () => phone.merge(...calls.map((call) => call.id)),
      () => phone.split(id),
      () => phone.pickUp(to),
      () => exchange.sendingVideo(phone.contact, id, true),
      () => exchange.reoffer(phone.contact, id, 'v=0'),
      () => exchange.breakPath(phone.contact, id),
      () => exchange.sessionControl.hold(boss.contact, sessionId, true),
      () => exchange.sessionControl.hold(boss.contact, sessionId, false),
      () => exchange.sessionControl.close(boss.contact, sessionId),
      () => exchange.thirdParty.transfer(boss.contact, sessionId, 'caller', to),
      () => exchange.thirdParty.transfer(boss.contact, sessionId, 'callee', to),
      () => exchange.sessionControl.hangUp(boss.contact, sessionId),
      () => exchange.sessionControl.forward(boss.contact, sessionId, to),
      () => exchange.thirdParty.sendDigits(boss.contact, sessionId, 'caller', '7'),
      () => exchange.thirdParty.sendDigits(boss.contact, sessionId, 'callee', '7'),
      () => phone.listen(sessionId),
      () => boss.listen(sessionId),
      () => phone.setUp(to, this.pick(numbers)),
      () => phone.message(id, 'Hello'),
      () => this.office.clock.pass(this.#random() < 0.3 ? 60_000 : 500),
      () => phone.media().at(-1)?.observer.failed('gone'),
      () => this.#reconnect(phone),
    ];
    // Mostly people answer what rings, otherwise there would be little to transfer and to hold.
    const ringingAt = this.phones.filter((each) => this.#ringing(each) !== undefined);
    if (ringingAt.length > 0 && this.#random() < 0.4) {
      const called = this.pick(ringingAt);
      things.splice(0, things.length, () => called.accept(this.#ringing(called)!));
    }
    // Now and then two things at once.
    const chosen = this.#random() < 0.3 ? [this.pick(things), this.pick(things)] : [this.pick(things)];
    await Promise.all(
      chosen.map(async (thing) => {
        try {
          await thing();
          this.done += 1;
        } catch (error) {
          if (!(error instanceof ProtocolError)) throw error;
        }
      }),
    );
  }

  /** What must be true at any time. */
  check(): void {
    const { office } = this;
    assert.deepEqual(office.errors, []);
    for (const phone of this.phones) {
      for (const call of this.calls(phone)) {
        assert.notEqual(call.state, 'ended');
        assert.deepEqual(phone.call(call.id), call, 'the phone was told of the last change');
        const session = office.session(call.sessionId);
        if (session.destinationType === 'Conference') this.tried.add('conference');
        if (call.kind === 'listening') {
          this.tried.add('listening');
          assert.deepEqual(call.talk, { ms: 0, since: null });
          continue;
        }
        assert.equal(call.talk.since === null, session.state !== 'InCall' || call.state !== 'active');
      }
      for (const session of office.exchange.sessionsFor(phone.contact)) {
        if (phone.sessionStates(session.id).length === 0) continue;
        assert.equal(phone.sessionStates(session.id).at(-1), session.state);
      }
      if (phone.told('call.message').length > 0) this.tried.add('message');
      if (phone.media().some(({ digits }) => digits !== '')) this.tried.add('digit');
      for (const extension of phone.told('extension.changed').slice(-1)) {
        assert.equal(office.status(extension.id), extension.status);
      }
    }
    // Whoever hears somebody is heard by that one.
    const legs = [...office.media.legs];
    for (const leg of legs) {
      const heard = leg.heard('audio');
      // A phone that calls the room twice is two guests, and one that came to talk with its own extension is both ends.
      const twice = this.#inRoom(leg.offer) > 1 || this.#isBothEnds(leg.offer);
      assert.ok(twice || !leg.hearsAll.includes(leg.offer), `${leg.offer} hears itself`);
      if (heard === null || heard === 'music' || heard.startsWith('mix')) continue;
      const far = legs.filter(({ offer }) => offer === heard);
      assert.ok(
        far.some((each) => each.heard('audio') === leg.offer),
        `${leg.offer} hears ${heard} one way`,
      );
    }
  }

  /** What must be true of those who hear several others, or are heard by them. */
  checkMixers(): void {
    const { office } = this;
    const live = new Set([...office.media.legs].map(({ offer }) => offer));
    const listened = new Set<string>();
    for (const mixer of office.media.mixers) {
      // Who listens to a call with the room hears what the room says.
      for (const name of mixer.names().filter((each) => !each.startsWith('mix'))) {
        assert.ok(live.has(name), `${name} is gone and still in a mixer`);
      }
    }
    for (const phone of this.phones) {
      for (const { kind, sessionId } of this.calls(phone)) if (kind === 'listening') listened.add(sessionId);
    }
    const room = office.registrar.list().find(({ id }) => id === '5000')!;
    const rooms = room.status === 'busy' ? 1 : 0;
    const merged = new Set<string>();
    for (const phone of this.phones) {
      const conferences = this.calls(phone).flatMap(({ conference }) => conference ?? []);
      for (const id of conferences) {
        merged.add(id);
        assert.ok(conferences.filter((each) => each === id).length > 1, 'a conference has several calls');
      }
    }
    if (merged.size > 0) this.tried.add('merged');
    assert.equal(
      office.media.mixers.size,
      listened.size + rooms + merged.size,
      'a mixer for the room, each audience and each conference',
    );
    this.#checkConferences();
    for (const { sourceType, destinationType } of office.exchange.sessionsFor(this.phones[4]!.contact)) {
      assert.ok(sourceType !== 'Conference' || destinationType !== 'Conference', 'nobody is in it');
    }
  }

  /** Whether a phone talks with itself: it was transferred to its own extension, and accepted that too. */
  #isBothEnds(offer: string): boolean {
    const phone = this.phones.find(({ contact }) => `v=0 ${contact.id}` === offer);
    const talks = phone ? this.calls(phone).filter(({ kind }) => kind === 'call') : [];
    return new Set(talks.map(({ sessionId }) => sessionId)).size < talks.length;
  }

  /** How many calls of a phone are with the room. */
  #inRoom(offer: string): number {
    const phone = this.phones.find(({ contact }) => `v=0 ${contact.id}` === offer);
    return phone ? this.calls(phone).filter(({ remote }) => remote.number === '5000').length : 0;
  }

  /** Who hears a mix is in the room or in a conference, and hears only those who are in it too. */
  #checkConferences(): void {
    const sessions = this.office.exchange.sessionsFor(this.phones[4]!.contact);
    const calls = this.phones.flatMap((phone) => this.calls(phone).map((call) => ({ phone, call })));
    for (const leg of this.office.media.legs) {
      if (leg.heard('audio') !== 'mix without itself') continue;
      const here = calls.filter(({ phone }) => `v=0 ${phone.contact.id}` === leg.offer);
      const allowed = new Set(['mix without itself']);
      for (const { call } of here) {
        const session = sessions.find(({ id }) => id === call.sessionId);
        if (session?.callee === '5000' || session?.caller === '5000')
          calls.forEach(({ phone }) => allowed.add(`v=0 ${phone.contact.id}`));
        // Whoever has this call or its other leg in a conference shares that with the parties of it.
        const conferences = calls
          .filter((each) => each.call.sessionId === call.sessionId)
          .flatMap((each) => each.call.conference ?? []);
        const shared = calls.filter(
          (each) => each.call.conference !== null && conferences.includes(each.call.conference),
        );
        const inIt = new Set(shared.map((each) => each.call.sessionId));
        for (const each of calls)
          if (inIt.has(each.call.sessionId)) allowed.add(`v=0 ${each.phone.contact.id}`);
      }
      for (const name of leg.hearsAll)
        assert.ok(allowed.has(name), `${leg.offer} hears ${name}, with whom it shares nothing`);
    }
  }

  /** Everybody goes home. */
  end(): void {
    for (const phone of this.phones) {
      for (const { id } of this.calls(phone)) {
        try {
          phone.hangUp(id);
        } catch (error) {
          // Its other party has just hung up.
          assert.equal((error as ProtocolError).reason, 'not-found');
        }
      }
    }
  }

  #ringing(phone: Phone): string | undefined {
    const rings = ({ state, direction }: Call) => state === 'ringing' && direction === 'incoming';
    return this.calls(phone).find(rings)?.id;
  }

  #sessionIds(): string[] {
    return this.office.exchange.sessionsFor(this.phones[4]!.contact).map(({ id }) => id);
  }

  #reconnect(phone: Phone): void {
    phone.lose();
    const [extension] = [phone.number];
    const index = this.phones.indexOf(phone);
    if (phone.contact.identity.kind === 'token') this.phones[index] = this.office.token(extension, TOKEN);
    else {
      this.phones[index] =
        phone.contact.rings === null
          ? this.office.phone(extension, index === 4 ? 'all' : [])
          : this.office.visitor(extension);
    }
  }
}

describe('whatever people do', () => {
  const seen = new Set<string>();
  const tried = new Set<string>();
  after(() => {
    const states = SESSION_STATES.filter((state) => !['Created', 'OnHoldInactive'].includes(state));
    assert.deepEqual([...seen].sort(), states.sort(), 'all of it was tried');
    assert.deepEqual([...tried].sort(), ['conference', 'digit', 'listening', 'merged', 'message']);
  });

  for (let seed = 1; seed <= 20; seed += 1) {
    it(`nothing breaks and nothing is left behind (${seed})`, async () => {
      const chaos = new Chaos(seed);
      for (let step = 0; step < 250; step += 1) {
        await chaos.step();
        chaos.check();
        chaos.checkMixers();
      }
      assert.ok(chaos.done > 50, `${chaos.done} things were done`);
      chaos.end();
      chaos.office.mustBeQuiet();
      for (const what of chaos.tried) tried.add(what);
      for (const phone of chaos.phones) for (const state of phone.sessionStates()) seen.add(state);
    });
  }
});
