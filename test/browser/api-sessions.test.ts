import { expect } from '@open-wc/testing';
import { SessionState, type CallHistoryInfo, type Session } from '../../src/api/index.js';
import { CallMedia, SharedTrack } from '../../src/media/index.js';
import { startPhoneSystem, type TestPhoneSystem } from '../support/phone-systems.js';
import { TONES } from '../support/people.js';
import { WebPage } from '../support/web-pages.js';

describe('sessions of the JavaScript API', () => {
  let system: TestPhoneSystem;
  let alice: WebPage;
  let bob: WebPage;
  let boss: Watcher;
  let pages: WebPage[];

  /** A page that watches every session, and writes down what it is told. */
  class Watcher extends WebPage {
    readonly events: string[] = [];
    readonly sessions: Session[] = [];

    watch(): this {
      this.client.onSessionCreated((session) => {
        this.note(() => this.sessions.push(session));
        session.onSessionStateChanged((changed, state) =>
          this.note(() => this.events.push(changed === session ? state : 'of another session')),
        );
      });
      this.client.onSessionClosed((session) =>
        this.note(() => this.events.push(`closed ${session.sessionState}`)),
      );
      return this;
    }

    session(): Promise<Session> {
      return this.eventually('a session', () => this.sessions.at(-1));
    }

    told(state: string): Promise<unknown> {
      return this.eventually(`a session that is ${state}`, () => this.events.at(-1) === state);
    }
  }

  beforeEach(async () => {
    system = await startPhoneSystem();
    alice = await new WebPage('1001', TONES.alice).open(system.gatewayUrl);
    bob = await new WebPage('1002', TONES.bob).open(system.gatewayUrl);
    boss = new Watcher('1004', TONES.carol).watch();
    await boss.open(system.gatewayUrl);
    pages = [alice, bob, boss];
  });

  afterEach(async () => {
    await Promise.all(pages.map((page) => page.leave()));
    await system.stop();
    expect(CallMedia.open, 'peer connections left').to.equal(0);
    expect(SharedTrack.open, 'devices left open').to.equal(0);
  });

  async function talk() {
    const rings = bob.rings();
    const out = alice.follow(alice.client.createCall('1002'));
    out.call.start();
    const incoming = bob.follow(await rings);
    incoming.call.accept();
    await Promise.all([out.is('IN_CALL'), incoming.is('IN_CALL')]);
    const session = await boss.session();
    await boss.eventually('the conversation', () => /^in_?call$/i.test(session.sessionState));
    return { out, incoming, session };
  }

  it('are told of with all properties, change by change', async () => {
    const { out, session } = await talk();
    expect(session.sessionId).to.match(/^[\w-]+$/);
    expect(session.masterSessionId).to.equal(session.sessionId);
    expect(session).to.include({
      sessionState: SessionState.INCALL,
      caller: '1001',
      callee: '1002',
      callerDisplayName: 'Front desk',
      calleeDisplayName: 'Sales',
      source: '1001',
      sourceType: 'Webphone',
      destination: '1002',
      destinationType: 'Webphone',
      dialedNumber: '1002',
      direction: 'Internal',
    });
    expect(session.callerCallLegId).not.to.equal(session.calleeCallLegId);
    expect(session.startTime).to.match(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(session.talkDuration).to.match(/^00:00:\d\d$/);
    expect(session.stateDuration).to.match(/^00:00:\d\d$/);
    expect(session).to.include({ Id: session.sessionId, State: 'InCall', Callee: '1002', Caller: '1001' });
    const { helper } = boss.client;
    expect(helper.getActiveSessionById(session.sessionId)).to.equal(session);
    expect(helper.getActiveSessionsBySessionState('InCall')).to.deep.equal([session]);
    expect(helper.getActiveSessionsBySessionState('IN_CALL')).to.deep.equal([session]);
    expect(helper.getActiveSessionsBySessionState('Ringing')).to.deep.equal([]);
    expect(helper.getActiveCallsOfExtension('1002')).to.deep.equal([session]);
    expect(helper.getActiveCallsOfUser('anna')).to.deep.equal([session]);
    out.call.hangUp();
    await boss.told('closed CallerHungUp');
    expect(boss.events).to.deep.equal(['Ringing', 'InCall', 'CallerHungUp', 'closed CallerHungUp']);
    expect(helper.getActiveSessionById(session.sessionId)).to.equal(null);
  });

  it('that run already are told to a client that comes later', async () => {
    const { session } = await talk();
    const late = new Watcher('1004', TONES.carol);
    pages.push(late);
    late.client.onConnectionStateChanged(() => late.watch());
    await late.open(system.gatewayUrl);
    expect((await late.session()).sessionId).to.equal(session.sessionId);
    expect(late.sessions).to.have.length(1);
  });

  it('are held by each party and by a supervisor, as everybody sees', async () => {
    const { out, incoming, session } = await talk();
    out.call.hold();
    await boss.told('CalleeOnHold');
    incoming.call.hold();
    await boss.told('OnHold');
    out.call.unHold();
    await boss.told('CallerOnHold');
    incoming.call.unHold();
    await boss.told('InCall');
    session.hold();
    await boss.told('OnHold');
    await Promise.all([out.is('HOLD'), incoming.is('HOLD')]);
    await Promise.all([alice.hearsNoVoice(), bob.hearsNoVoice()]);
    session.unhold();
    await Promise.all([out.is('IN_CALL'), incoming.is('IN_CALL')]);
    await Promise.all([alice.hears(TONES.bob), bob.hears(TONES.alice)]);
  });

  for (const [method, state] of [
    ['close', 'Aborted'],
    ['closeWithHangup', 'CallerHungUp'],
    ['hangup', 'CallerHungUp'],
  ] as const) {
    it(`are ended by ${method} as ${state}`, async () => {
      const { out, incoming, session } = await talk();
      session[method]();
      await Promise.all([out.is('COMPLETED'), incoming.is('COMPLETED'), boss.told(`closed ${state}`)]);
    });
  }

  it('are transferred by a third party; listening goes along', async () => {
    const carol = await new WebPage('1003', 1900).open(system.gatewayUrl);
    pages.push(carol);
    const { out, session } = await talk();
    session.startListen();
    await boss.hearsAll(TONES.alice, TONES.bob);
    expect(boss.state.calls, 'listening is no call').to.deep.equal([]);
    const rings = carol.rings();
    session.blindTransfer('1001', '1003');
    (await rings).accept();
    await out.is('COMPLETED');
    const next = await boss.eventually('the next session', () => boss.sessions[1]);
    expect(next.masterSessionId).to.equal(session.sessionId);
    await boss.hearsAll(TONES.bob, 1900);
    await bob.hears(1900);
    next.stopListen();
    await boss.eventually('silence', () => true);
    while (CallMedia.open > 2) await new Promise((resolve) => setTimeout(resolve, 20));
    next.stopListen();
    expect(await boss.error('stopListen')).to.include({ code: 303 });
  });

  it('that are listened to end the listening with them', async () => {
    const { out, session } = await talk();
    session.startListen();
    await boss.hearsAll(TONES.alice, TONES.bob);
    await Promise.all([alice.hears(TONES.bob), bob.hears(TONES.alice)]);
    session.startListen();
    expect(await boss.error('startListen')).to.include({ code: 303 });
    out.call.hangUp();
    await boss.told('closed CallerHungUp');
    while (CallMedia.open > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('that ring are forwarded by a third party', async () => {
    const carol = await new WebPage('1003', TONES.carol).open(system.gatewayUrl);
    pages.push(carol);
    const rings = carol.rings();
    const out = alice.follow(alice.client.createCall('1002'));
    out.call.start();
    await boss.told('Ringing');
    (await boss.session()).forward('1003');
    (await rings).accept();
    await out.is('IN_CALL');
    await carol.hears(TONES.alice);
  });

  it('send a tone to one party, who hears it', async () => {
    const { session } = await talk();
    await bob.untilCall('active', ({ media }) => media === 'connected');
    const heard = bob.hearsKey(941, 1336);
    session.sendDtmf('0', '1002');
    await heard;
    expect(() => session.sendDtmf('', '1002')).to.throw(/'key'.*'sendDtmf'/);
    expect(() => session.sendDtmf('12', '1002')).to.throw(/'key'/);
    expect(() => session.sendDtmf('1', '1003')).to.throw(/'phoneNumber'/);
    expect(() => session.blindTransfer('1003', '1004')).to.throw(/'transferor'.*'blindTransfer'/);
    expect(() => session.blindTransfer('1001', '')).to.throw(/'phoneNumber'/);
    expect(() => session.transfer('1001', '')).to.throw(/'phoneNumber'/);
    expect(() => session.forward('')).to.throw(/'phoneNumber'.*'forward'/);
  });

  it('without the privilege nothing changes, and the page is told', async () => {
    const token = await system.token();
    const visitor = new Watcher('watching', TONES.carol).watch();
    pages.push(visitor);
    visitor.client.connect(system.gatewayUrl, token);
    await visitor.eventually('access', () => visitor.states.length);
    const { out, incoming } = await talk();
    const session = await visitor.session();
    session.hold();
    session.unhold();
    session.close();
    session.closeWithHangup();
    session.hangup();
    session.blindTransfer('1001', '1003');
    session.sendDtmf('1', '1001');
    session.startListen();
    const methods = ['hold', 'unhold', 'close', 'closeWithHangup', 'hangup', 'blindTransfer', 'sendDtmf'];
    for (const method of [...methods, 'startListen']) {
      expect(await visitor.error(method), method).to.include({ code: 306, reason: 'forbidden' });
    }
    expect(session.sessionState).to.equal('InCall');
    await Promise.all([out.is('IN_CALL'), incoming.is('IN_CALL')]);
    await Promise.all([alice.hears(TONES.bob), bob.hears(TONES.alice)]);
    alice.client.setupCall('1001', '1003');
    expect(await alice.error('setupCall')).to.include({ code: 306 });
  });

  it('are set up between two extensions: the caller first, then the callee', async () => {
    const [caller, callee] = [alice.rings(), bob.rings()];
    boss.client.setupCall('1001', '1002');
    const out = alice.follow(await caller);
    expect(out.call.getOtherParty()).to.equal('1002');
    expect(bob.state.calls).to.deep.equal([]);
    out.call.accept();
    const incoming = bob.follow(await callee);
    incoming.call.accept();
    await Promise.all([out.is('IN_CALL'), incoming.is('IN_CALL')]);
    await Promise.all([alice.hears(TONES.bob), bob.hears(TONES.alice)]);
    boss.client.setupCall('', '1002');
    expect(await boss.error('setupCall')).to.include({ code: 302, parameter: 'caller' });
  });

  it('are in the history when they are over, by filter and page', async () => {
    const { out } = await talk();
    out.call.hangUp();
    await boss.told('closed CallerHungUp');
    alice.client.createCall('4711').start();
    await boss.told('closed NotFound');
    const ask = (query: () => void) =>
      new Promise<CallHistoryInfo>((resolve) => {
        boss.client.onCallHistoryInfoReceived(resolve);
        query();
      });
    const all = await ask(() => boss.client.getCallHistory());
    expect(all).to.include({ NumberOfCalls: 2, PageNumber: 0, RowsPerPage: 50 });
    expect(all.Calls[1]).to.include({
      Direction: 'Internal',
      Source: '1001',
      Destination: '1002',
      State: 'CallerHungUp',
      Dialed: '1002',
      CallerId: '1001',
      Type: 'Audio',
    });
    expect(all.Calls[1]!.StartTime).to.match(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    const found = await ask(() =>
      boss.client.getCallHistory({ State: 'NotFound', RowsPerPage: '1', From: '' }),
    );
    expect(found.Calls.map(({ Dialed }) => Dialed)).to.deep.equal(['4711']);
    const later = await ask(() => boss.client.getCallHistory({ From: new Date(Date.now() + 60_000) }));
    expect(later.NumberOfCalls).to.equal(0);
    const own = await ask(() => boss.client.helper.getCallHistoryOfExtension('1002', { PageNumber: 0 }));
    expect(own.NumberOfCalls).to.equal(1);
    boss.client.getCallHistory({ Colour: 'red' } as never);
    expect(await boss.error('getCallHistory')).to.include({ code: 302, parameter: 'Colour' });
  });

  it('speak the older words where the page or the phone system asks for them', async () => {
    boss.client.legacySessionStates = true;
    const { out, session } = await talk();
    expect(session.State).to.equal('IN_CALL');
    session.hold();
    await boss.told('HOLD');
    out.call.hangUp();
    await boss.told('closed COMPLETED');
    expect(boss.events).to.deep.equal(['RINGING', 'IN_CALL', 'HOLD', 'COMPLETED', 'closed COMPLETED']);
    await system.reconfigure({ legacySessionStates: true });
    const old = await new Watcher('1004', TONES.carol).watch().open(system.gatewayUrl);
    pages.push(old);
    expect(old.client.legacySessionStates).to.equal(true);
  });
});
