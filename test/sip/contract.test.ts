/** What every signalling adapter must do, tried on each: the gateway's with this phone system, SIP's with Kamailio. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { RTCPeerConnection } from 'werift';
import { GatewaySignaling } from '../../src/signaling/gateway/gateway-signaling.js';
import {
  SignalingError,
  type Call,
  type Description,
  type SignalingEvent,
  type SignalingPort,
} from '../../src/signaling/port.js';
import type { ControlEvent } from '../../src/signaling/control-port.js';
import { SipSignaling } from '../../src/signaling/sip/sip-signaling.js';
import { provideWebSocket } from '../support/gateway-stand-in.js';
import { Network } from '../support/network.js';
import { DOMAIN, PASSWORD, SipLab } from '../support/sip-lab.js';

provideWebSocket();

/** A phone system that is tried, and how to reach it as somebody. */
interface Subject {
  /** The way there, which a test can break. */
  network: Network;
  /** @param broken It takes that way. */
  port(broken?: boolean): SignalingPort;
  credentials(number: string): { kind: 'password'; extension: string; password: string };
  stop(): Promise<void>;
}

const SUBJECTS: Record<string, () => Promise<Subject>> = {
  async gateway() {
    const { startPhoneSystem, demoSettings } = await import('../../src/pbx/index.js');
    const ports = { port: 0, gatewayPort: 0, apiPort: 0, data: ':memory:', logLevel: 'silent' as const };
    const system = await startPhoneSystem({ ...demoSettings(), ...ports });
    const network = await Network.to(system.gatewayUrl);
    return {
      network,
      port: (broken) =>
        new GatewaySignaling(broken ? network.url + new URL(system.gatewayUrl).pathname : system.gatewayUrl),
      credentials: (extension) => ({ kind: 'password', extension, password: `demo-${extension}` }),
      stop: () => system.close(),
    };
  },
  async SIP() {
    // The pages' tests prove passwords by MD5.
    const lab = await SipLab.start({ digest: 'SHA-256' });
    const network = await Network.to(lab.server.replace('sip+', ''));
    return {
      network,
      port: (broken) => new SipSignaling(broken ? `sip+${network.url}/` : lab.server),
      credentials: (number) => ({ kind: 'password', extension: `${number}@${DOMAIN}`, password: PASSWORD }),
      stop: () => lab.stop(),
    };
  },
};

/** Somebody at a phone: hears events, and describes media as a browser would. */
class Somebody {
  readonly events: SignalingEvent[] = [];
  readonly #connections = new Map<string, RTCPeerConnection>();
  #heard: () => void = () => {};

  constructor(
    readonly number: string,
    readonly port: SignalingPort,
  ) {
    port.listen((event) => {
      this.events.push(event);
      if (event.type === 'wanted' && event.what === 'offer')
        void this.offer(event.callId).then((offer) => port.describe(event.callId, offer));
      // Those who were transferred, and those they call then.
      if (event.type === 'wanted' && event.what === 'dial') {
        const { callId, to } = event;
        void this.offer(callId).then((offer) => port.startCall({ callId, to, offer, video: false }));
      }
      if (event.type === 'wanted' && event.what === 'accept') void this.accept({ id: event.callId });
      if (
        event.type === 'description' &&
        event.description.type === 'offer' &&
        this.#connections.has(event.callId)
      )
        void this.#answer(event.callId, event.description).then((answer) =>
          port.describe(event.callId, answer),
        );
      this.#heard();
    });
  }

  /** Waits for a call to be as it should be. */
  async has(fits: (call: Call) => boolean): Promise<Call> {
    const latest = () => {
      const calls = this.events.flatMap((event) => (event.type === 'call' ? [event.call] : []));
      return [...new Map(calls.map((call) => [call.id, call])).values()];
    };
    return this.#until(() => latest().findLast(fits), latest);
  }

  /** Waits for something to be told, from now on. */
  hears<T extends SignalingEvent['type']>(type: T): Promise<Extract<SignalingEvent, { type: T }>> {
    const from = this.events.length;
    const since = () => this.events.slice(from);
    return this.#until(
      () => since().find((event): event is Extract<SignalingEvent, { type: T }> => event.type === type),
      since,
    );
  }

  async #until<T>(look: () => T | undefined, all: () => unknown): Promise<T> {
    for (const end = Date.now() + 30_000; ;) {
      const found = look();
      if (found) return found;
      if (Date.now() > end) throw new Error(`${this.number} has ${JSON.stringify(all())}`);
      await Promise.race([
        new Promise<void>((resolve) => (this.#heard = resolve)),
        new Promise((resolve) => setTimeout(resolve, 500)),
      ]);
    }
  }

  async offer(callId: string): Promise<Description> {
    const connection = this.#connection(callId);
    if (!connection.getTransceivers().length) connection.addTransceiver('audio', { direction: 'sendrecv' });
    await connection.setLocalDescription(await connection.createOffer());
    return { type: 'offer', sdp: connection.localDescription!.sdp };
  }

  async accept(call: Pick<Call, 'id'>): Promise<void> {
    const came = this.events.find((event) => event.type === 'description' && event.callId === call.id);
    const offered = came?.type === 'description' ? came.description : null;
    await this.port.accept(
      call.id,
      await (offered ? this.#answer(call.id, offered) : this.offer(call.id)),
      false,
    );
  }

  async leave(): Promise<void> {
    await this.port.close();
    await Promise.all([...this.#connections.values()].map((connection) => connection.close()));
  }

  async #answer(callId: string, { sdp }: Description): Promise<Description> {
    const connection = this.#connection(callId);
    await connection.setRemoteDescription({ type: 'offer', sdp });
    await connection.setLocalDescription(await connection.createAnswer());
    return { type: 'answer', sdp: connection.localDescription!.sdp };
  }

  #connection(callId: string): RTCPeerConnection {
    const known = this.#connections.get(callId);
    if (known) return known;
    const connection = new RTCPeerConnection({ iceServers: [] });
    this.#connections.set(callId, connection);
    return connection;
  }
}

for (const [name, start] of Object.entries(SUBJECTS)) {
  describe(`a signalling adapter: ${name}`, () => {
    let subject: Subject;
    let people: Somebody[] = [];

    before(async () => {
      subject = await start();
    });
    after(async () => {
      await subject?.stop();
      await subject?.network.close();
    });
    afterEach(async () => {
      subject.network.online();
      await Promise.all(people.map((person) => person.leave()));
      people = [];
    });

    /** @param broken By the way that a test breaks. */
    async function signedIn(number: string, broken = false): Promise<Somebody> {
      const person = new Somebody(number, subject.port(broken));
      people.push(person);
      const welcome = await person.port.open(subject.credentials(number), {});
      assert.equal(welcome.identity.number, number);
      return person;
    }

    let calls = 0;
    async function calling(to: string, broken = false) {
      const [alice, bob] = [await signedIn('1001', broken), await signedIn('1002')];
      const id = `call-${++calls}`;
      await alice.port.startCall({ callId: id, to, offer: await alice.offer(id), video: false });
      return { alice, bob, id };
    }

    async function talking(broken = false) {
      const parties = await calling('1002', broken);
      const ringing = await parties.bob.has(({ state }) => state === 'ringing');
      await parties.bob.accept(ringing);
      await parties.alice.has(({ id, state }) => id === parties.id && state === 'active');
      return { ...parties, at: ringing.id };
    }

    const failsWith =
      (...reasons: SignalingError['reason'][]) =>
      (error: unknown) =>
        error instanceof SignalingError && reasons.includes(error.reason);

    test('refuses a wrong password', async () => {
      const port = subject.port();
      const wrong = { ...subject.credentials('1001'), password: 'wrong' };
      await assert.rejects(port.open(wrong, {}), failsWith('unauthorized'));
      await port.close();
    });

    test('rings, tells who calls, is accepted, and ends for both', async () => {
      const { alice, bob, id } = await calling('1002');
      const ringing = await bob.has(
        ({ state, direction }) => state === 'ringing' && direction === 'incoming',
      );
      assert.equal(ringing.remote.number, '1001');
      await alice.has(({ state }) => state === 'ringing');
      await bob.accept(ringing);
      const active = await alice.has(({ state }) => state === 'active');
      assert.ok(active.answeredAt);
      const answered = alice.events.some(
        (event) => event.type === 'description' && event.description.type === 'answer',
      );
      assert.ok(answered, 'the answer came');
      await alice.port.act(id, { type: 'hangup' });
      assert.equal((await bob.has(({ state }) => state === 'ended')).endReason, 'remote-hung-up');
    });

    test('rejects', async () => {
      const { alice, bob } = await calling('1002');
      const { id } = await bob.has(({ state }) => state === 'ringing');
      await bob.port.act(id, { type: 'reject' });
      assert.equal((await alice.has(({ state }) => state === 'ended')).endReason, 'rejected');
    });

    test('gives up a call that rings', async () => {
      const { alice, bob, id } = await calling('1002');
      await bob.has(({ state }) => state === 'ringing');
      await alice.port.act(id, { type: 'hangup' });
      assert.equal((await bob.has(({ state }) => state === 'ended')).endReason, 'cancelled');
    });

    test('says that there is no such number', async () => {
      const alice = await signedIn('1001');
      const offer = await alice.offer('lost');
      const ended = alice.has(({ state }) => state === 'ended').then(({ endReason }) => endReason);
      ended.catch(() => {});
      const refused = await alice.port
        .startCall({ callId: 'lost', to: '4711', offer, video: false })
        .then(() => null)
        .catch((error: SignalingError) => error.reason);
      assert.equal(refused ?? (await ended), 'not-found');
    });

    test('holds and goes on, and both know', async () => {
      const { alice, bob, id, at } = await talking();
      await alice.port.act(id, { type: 'hold' });
      await alice.has(({ heldLocally }) => heldLocally);
      await bob.has(({ heldRemotely }) => heldRemotely);
      await bob.port.act(at, { type: 'hold' });
      await alice.has(({ heldLocally, heldRemotely }) => heldLocally && heldRemotely);
      await alice.port.act(id, { type: 'unhold' });
      await bob.has(({ heldLocally, heldRemotely }) => heldLocally && !heldRemotely);
      await bob.port.act(at, { type: 'unhold' });
      await alice.has(({ heldLocally, heldRemotely }) => !heldLocally && !heldRemotely);
    });

    test('forwards a call that rings', async () => {
      const carol = await signedIn('1003');
      const { alice, bob } = await calling('1002');
      const { id } = await bob.has(({ state }) => state === 'ringing');
      await bob.port.act(id, { type: 'forward', to: '1003' });
      assert.equal((await bob.has(({ state }) => state === 'ended')).endReason, 'forwarded');
      await carol.accept(await carol.has(({ state }) => state === 'ringing'));
      await alice.has(({ state }) => state === 'active');
    });

    test('fails for calls there are not, and hangs in nothing', async () => {
      const { port } = await signedIn('1001');
      await assert.rejects(port.act('nothing', { type: 'hold' }), failsWith('not-found'));
      await assert.rejects(port.act('nothing', { type: 'hangup' }), failsWith('not-found'));
      await assert.rejects(port.act('nothing', { type: 'transfer', to: '1002' }), failsWith('not-found'));
    });

    test('does what it says it can, and refuses the rest', async () => {
      const { port } = await signedIn('1001');
      const { capabilities } = port;
      if (!capabilities.pickup)
        await assert.rejects(port.pickUp('c', '1002', { type: 'offer', sdp: '' }), failsWith('unsupported'));
      if (capabilities.control) return;
      const control = await port.control();
      for (const refused of [
        control.watch(),
        control.history({}),
        control.holdSession('s'),
        control.unholdSession('s'),
        control.closeSession('s'),
        control.hangUpSession('s'),
        control.transferSession('s', 'caller', '1002'),
        control.forwardSession('s', '1002'),
        control.sendSessionDigit('s', 'caller', '1'),
        control.listenToSession('s', 'l', { type: 'offer', sdp: '' }),
        control.setUpCall('1001', '1002'),
        control.checkWebphone('1002'),
        control.mergeCalls(['a', 'b']),
        control.splitConference('a'),
      ])
        await assert.rejects(refused, failsWith('unsupported'));
    });

    test('carries texts to a number, reports them, and keeps them for the page', async () => {
      const [alice, bob] = [await signedIn('1001'), await signedIn('1002')];
      const [at, to] = [await alice.port.control(), await bob.port.control()];
      const came = new Promise<ControlEvent>((resolve) => to.listen(resolve));
      const reported = new Promise<ControlEvent>((resolve) => at.listen(resolve));
      const id = await at.sendMessageTo('1002', 'Grüße\r\nund mehr');
      const event = await came;
      assert.ok(event.type === 'text-message');
      assert.equal(event.message.text, 'Grüße\r\nund mehr');
      assert.equal(event.message.from.number, '1001');
      const report = await reported;
      assert.ok(report.type === 'message-report' && report.report.id === id && report.report.delivered);

      await to.sendMessageTo('1001', 'Yes');
      const { conversations } = await to.conversations({});
      const about = conversations.find((one) => one.with.number === '1001')!;
      assert.deepEqual([about.unread, about.last.text], [1, 'Yes']);
      await to.seeMessages('1001');
      const { messages, more } = await to.messages({ with: '1001', rows: 2 });
      assert.deepEqual(
        messages.map(({ text, from }) => [from.number, text]),
        [
          ['1002', 'Yes'],
          ['1001', 'Grüße\r\nund mehr'],
        ],
      );
      assert.equal(more, false);
      assert.equal((await to.conversations({})).conversations[0]?.unread, 0);
    });

    test('carries texts within a call', async () => {
      const { alice, bob, id, at } = await talking();
      const came = bob.port
        .control()
        .then((control) => new Promise<ControlEvent>((resolve) => control.listen(resolve)));
      // Before it listens, nobody would hear.
      await bob.port.control();
      await (await alice.port.control()).sendMessage(id, 'Only for this call');
      const event = await came;
      assert.ok(event.type === 'message');
      assert.deepEqual([event.message.callId, event.message.text], [at, 'Only for this call']);
    });

    test('refuses texts to nobody', async () => {
      const { port } = await signedIn('1001');
      await assert.rejects((await port.control()).sendMessageTo('4711', 'x'), failsWith('not-found'));
    });

    test('takes a new offer in a call', async () => {
      const { alice, id } = await talking();
      const answered = alice.hears('description');
      await alice.port.describe(id, await alice.offer(id));
      assert.equal((await answered).description.type, 'answer');
    });

    test('transfers, blind and attended', async () => {
      const { alice, bob, id } = await talking();
      const carol = await signedIn('1003');
      await alice.port.act(id, { type: 'transfer', to: '1003' });
      await carol.accept(await carol.has(({ state }) => state === 'ringing'));
      await alice.has(({ id: own, endReason }) => own === id && endReason === 'transferred');
      await bob.has(({ state }) => state === 'active');
      const { id: kept } = await carol.has(({ state }) => state === 'active');

      const second = `call-${++calls}`;
      await carol.port.startCall({
        callId: second,
        to: '1001',
        offer: await carol.offer(second),
        video: false,
      });
      await alice.accept(await alice.has(({ state }) => state === 'ringing'));
      await carol.has(({ id: own, state }) => own === second && state === 'active');
      await carol.port.act(kept, { type: 'join', consultCallId: second });
      await carol.has(({ id: own, endReason }) => own === kept && endReason === 'transferred');
      await carol.has(({ id: own, state }) => own === second && state === 'ended');
      await bob.has(({ state, remote }) => state === 'active' && remote.number === '1001');
      await alice.has(({ state, remote }) => state === 'active' && remote.number === '1002');
    });

    test('says where nobody is, and gives up a sign-in that hangs', async () => {
      subject.network.offline();
      await assert.rejects(subject.port(true).open(subject.credentials('1001'), {}), failsWith('down'));
      subject.network.online();
      subject.network.silence();
      const port = subject.port(true);
      const opening = assert.rejects(port.open(subject.credentials('1001'), {}), failsWith('down'));
      await subject.network.next();
      await port.close();
      await opening;
    });

    test('tells once that the connection is lost, comes back, and does what was asked meanwhile', async () => {
      const { alice, bob, id } = await talking(true);
      const down = alice.hears('down');
      subject.network.offline();
      assert.equal((await down).problem, 'lost');
      assert.ok(alice.port.ticket, 'it can be resumed');
      const held = alice.port.act(id, { type: 'hold' });
      const failed = alice.hears('down');
      alice.port.resume(3000);
      assert.equal((await failed).problem, 'unreachable');
      subject.network.online();
      const up = alice.hears('up');
      alice.port.resume(3000);
      assert.equal((await up).welcome, null, 'nothing is lost');
      await held;
      await bob.has(({ heldRemotely }) => heldRemotely);
      await alice.port.act(id, { type: 'unhold' });
      await bob.has(({ heldRemotely, state }) => state === 'active' && !heldRemotely);
      assert.equal(alice.events.filter(({ type }) => type === 'down').length, 2);
      await bob.port.act((await bob.has(({ state }) => state === 'active')).id, { type: 'hangup' });
      assert.equal((await alice.has(({ state }) => state === 'ended')).endReason, 'remote-hung-up');
    });

    test('finds out that nothing comes any more, gives a connection up, and comes back in place of an attempt that hangs', async () => {
      const alice = await signedIn('1001', true);
      const down = alice.hears('down');
      subject.network.silence();
      alice.port.probe(300);
      assert.equal((await down).problem, 'lost');
      alice.port.resume(30_000);
      await subject.network.next();
      const up = alice.hears('up');
      subject.network.online();
      alice.port.resume(3000);
      await up;
      const again = alice.hears('down');
      alice.port.giveUp();
      assert.equal((await again).problem, 'lost');
      const back = alice.hears('up');
      alice.port.resume(3000);
      await back;
      assert.equal(alice.events.filter(({ type }) => type === 'up').length, 2);
    });

    test('closes at once in a call, and the other side hears of it', async () => {
      const { alice, bob } = await talking();
      const began = performance.now();
      await alice.port.close();
      assert.ok(performance.now() - began < 2500);
      await bob.has(({ state }) => state === 'ended');
      await assert.rejects(alice.port.act('x', { type: 'hold' }), failsWith('down', 'not-found'));
    });
  });
}
