import { expect } from '@open-wc/testing';
import { OzWebClient, type ClientInfo, type Extension, type User } from '../../src/api/index.js';
import '../../src/define/ozeki-client.js';
import { createPhone } from '../../src/phone/index.js';
import { startPhoneSystem, type TestPhoneSystem } from '../support/phone-systems.js';
import { TONES } from '../support/people.js';
import { WebPage } from '../support/web-pages.js';

describe('connecting with the JavaScript API', () => {
  let system: TestPhoneSystem;
  let pages: WebPage[];

  beforeEach(async () => {
    system = await startPhoneSystem();
    pages = [];
  });

  afterEach(async () => {
    await Promise.all(pages.map((page) => page.leave()));
    await system.stop();
  });

  function page(number: string, tone: number = TONES.alice): WebPage {
    const made = new WebPage(number, tone);
    pages.push(made);
    return made;
  }

  const states = (made: WebPage) => made.states.map(({ State }) => State);

  it('grants access with number and password, and closes when asked', async () => {
    const alice = await page('1001').open(system.gatewayUrl);
    alice.client.disconnect();
    await alice.eventually('the end', () => alice.states.length === 2);
    expect(states(alice)).to.deep.equal(['ACCESS_GRANTED', 'CONNECTION_CLOSED']);
    expect(alice.errors).to.deep.equal([]);
  });

  it('denies a wrong password and an unknown token', async () => {
    const alice = page('1001');
    alice.client.connect(system.gatewayUrl, '1001', { Password: 'wrong' });
    await alice.eventually('an answer', () => alice.states.length);
    const visitor = page('visitor');
    visitor.client.connect(system.gatewayUrl, 'no-such-token');
    await visitor.eventually('an answer', () => visitor.states.length);
    for (const { State, Reason } of [alice.states[0]!, visitor.states[0]!]) {
      expect([State, Reason]).to.deep.equal(['ACCESS_DENIED', 'unauthorized']);
    }
  });

  it('fails where nobody is, and with an address that is none', async () => {
    const alice = page('1001');
    alice.client.connect('127.0.0.1:9', '1001', { Password: 'demo-1001' });
    await alice.eventually('an answer', () => alice.states.length);
    expect(alice.states[0]).to.deep.equal({ State: 'CONNECTION_FAILED', Reason: 'unreachable' });
    alice.client.connect('http://nowhere', '1001', { Password: 'demo-1001' });
    await alice.eventually('another answer', () => alice.states.length === 2);
    expect(alice.states[1]!.Reason).to.equal('invalid-address');
    alice.client.connect('', '1001');
    expect(await alice.error('connect')).to.include({ code: 302, parameter: 'serverAddress' });
    expect(states(alice)).to.deep.equal(['CONNECTION_FAILED', 'CONNECTION_FAILED', 'CONNECTION_FAILED']);
  });

  it('is told when the phone system goes, and is granted access again when it is back', async () => {
    const alice = await page('1001').open(system.gatewayUrl);
    const gatewayPort = Number(new URL(system.gatewayUrl).port);
    await system.stop();
    await alice.eventually('the end', () => alice.states.at(-1)!.State === 'CONNECTION_CLOSED');
    system = await startPhoneSystem({ gatewayPort });
    alice.phone.retry();
    await alice.granted();
    expect(alice.client.helper.getExtensions()).to.have.length(6);
  });

  it('answers a second connect that changes nothing', async () => {
    const alice = await page('1001').open(system.gatewayUrl);
    alice.client.connect(system.gatewayUrl, '1001', { Password: 'demo-1001' });
    await alice.eventually('two grants', () => alice.states.length === 2);
    expect(states(alice)).to.deep.equal(['ACCESS_GRANTED', 'ACCESS_GRANTED']);
  });

  it('tells other clients its properties, flat and without the password', async () => {
    const alice = page('1001');
    const seen: ClientInfo[] = [];
    alice.client.onClientStateChanged((client) => alice.note(() => seen.push(client)));
    await alice.open(system.gatewayUrl);
    const properties = {
      nickname: 'Bob',
      avatar: 'cat.png',
      age: 42,
      status: 'mine',
      password: 'secret too',
    };
    const bob = await page('1002').open(system.gatewayUrl, properties);
    const client = await alice.eventually('bob', () => seen.find(({ nickname }) => nickname === 'Bob'));
    expect(client).to.deep.equal({
      nickname: 'Bob',
      avatar: 'cat.png',
      age: 42,
      phoneNumber: '1002',
      status: 'ONLINE',
    });
    const late = await new Promise<ClientInfo>((resolve) => alice.client.onClientStateChanged(resolve));
    expect(late).to.deep.equal(client);
    bob.client.disconnect();
    await alice.eventually('bob gone', () => seen.at(-1)!.status === 'OFFLINE');
    expect(seen.at(-1)).to.include({ phoneNumber: '1002', nickname: 'Bob' });
    expect(JSON.stringify(seen)).not.to.match(/secret|demo-/);
  });

  it('what cannot be shared is named, and the connection is made', async () => {
    const alice = await page('1001').open(system.gatewayUrl, {
      home: { city: 'Paris' },
      long: 'x'.repeat(1025),
    });
    expect(alice.errors.map(({ parameter }) => parameter)).to.deep.equal([
      'properties.home',
      'properties.long',
    ]);
  });

  it('knows users, extensions and lines when access is granted', async () => {
    const alice = page('1004');
    const found = new Promise<unknown>((resolve) =>
      alice.client.onConnectionStateChanged(() => {
        const { helper } = alice.client;
        resolve({
          user: helper.getUserByExtension('1001')?.fullName,
          byId: helper.getUserById('anna')?.extensions,
          nobody: helper.getUserByExtension('4711'),
          extension: helper.getExtensionById('1002')?.name,
          conferences: helper.getExtensionsByType('conference').map(({ id }) => id),
          lines: helper.getOutsideLines().length,
          line: helper.getOutsideLineById('1002'),
          byType: helper.getOutsideLinesByType(helper.getOutsideLines()[0]!.type).length,
          sessions: [helper.getActiveSessionById('x'), helper.getActiveCallsOfUser('anna')],
        });
      }),
    );
    await alice.open(system.gatewayUrl);
    expect(await found).to.deep.equal({
      user: 'Anna Kovács',
      byId: ['1001'],
      nobody: null,
      extension: 'Sales',
      conferences: ['5000'],
      lines: 1,
      line: null,
      byType: 1,
      sessions: [null, []],
    });
  });

  it('without the privilege, other users are unknown, and asking says why', async () => {
    const visitor = page('visitor');
    visitor.client.connect(system.gatewayUrl, 'website');
    await visitor.eventually('an answer', () => visitor.states.length);
    expect(states(visitor)).to.deep.equal(['ACCESS_GRANTED']);
    expect(visitor.client.helper.getUserByExtension('1001')).to.equal(null);
    expect(await visitor.error('getUserByExtension')).to.include({ code: 306, reason: 'forbidden' });
  });

  it('tells of users and extensions that come, change and go, to early and late handlers', async () => {
    const alice = page('1001');
    const early: string[] = [];
    alice.client.onUserInfoReceived((user) => alice.note(() => early.push(user.id)));
    alice.client.onExtensionInfoReceived((extension) => alice.note(() => early.push(extension.id)));
    alice.client.onUserRemoved((user) => alice.note(() => early.push(`-${user.id}`)));
    alice.client.onExtensionRemoved((extension) => alice.note(() => early.push(`-${extension.id}`)));
    const granted: string[] = [];
    alice.client.onConnectionStateChanged(() => {
      alice.client.onUserInfoReceived((user) => alice.note(() => granted.push(user.id)));
      alice.client.onExtensionInfoReceived((extension) => alice.note(() => granted.push(extension.id)));
    });
    await alice.open(system.gatewayUrl);
    await alice.eventually('everybody', () => early.length === 11);
    expect(early.slice().sort()).to.deep.equal(granted.slice().sort());
    const late: User[] = [];
    alice.client.onUserInfoReceived((user) => alice.note(() => late.push(user)));
    await alice.eventually('the users', () => late.length === 4);

    const statuses: unknown[] = [];
    const desk = alice.client.helper.getExtensionById('1002') as Extension;
    desk.onExtensionStatusChanged((extension, status) =>
      alice.note(() => statuses.push([extension === desk, status, extension.Status])),
    );
    await page('1002').open(system.gatewayUrl);
    await alice.eventually('a status', () => statuses.length);
    expect(statuses).to.deep.equal([[true, 'idle', 'idle']]);

    await system.reconfigure({ users: [{ ...userSettings, fullName: 'Anna Smith' }], conferences: [] });
    await alice.eventually('a conference removed', () => early.includes('-5000'));
    await alice.eventually('users removed', () => early.filter((id) => id.startsWith('-')).length === 4);
    await alice.eventually(
      'a new name',
      () => alice.client.helper.getUserById('anna')?.name === 'Anna Smith',
    );
    expect(alice.client.helper.getUserById('ben')).to.equal(null);
    expect(alice.client.helper.getExtensionById('5000')).to.equal(null);
  });

  it('a security token signs in with a number of its own', async () => {
    const token = await system.token();
    const one = page('one');
    const two = page('two');
    for (const each of [one, two]) {
      each.client.connect(system.gatewayUrl, token, { nickname: each.number });
      await each.eventually('access', () => each.states.length);
      expect(states(each)).to.deep.equal(['ACCESS_GRANTED']);
    }
    const numbers = [one, two].map((each) => each.state.identity!.number);
    expect(numbers[0]).not.to.equal(numbers[1]);
  });

  it('tells whether a webphone is there, without signing in and as somebody', async () => {
    const asker = page('asker');
    const heard: unknown[] = [];
    asker.client.onWebphoneStateReceived((info) => asker.note(() => heard.push(info)));
    const ask = (id: string) =>
      new Promise((resolve) => asker.client.checkWebphoneState(system.gatewayUrl, id, resolve));
    expect(await ask('website')).to.deep.equal({ webphoneId: 'website', State: 'OFFLINE' });
    await page('1001').open(system.gatewayUrl);
    await page('1002').open(system.gatewayUrl);
    expect(await ask('website')).to.deep.equal({ webphoneId: 'website', State: 'ONLINE' });
    expect(await ask('1002'), 'extensions are not told to strangers').to.include({ State: 'OFFLINE' });
    const bob = pages[1]!;
    const known = await new Promise((resolve) =>
      bob.client.checkWebphoneState(system.gatewayUrl, '1002', resolve),
    );
    expect(known).to.deep.equal({ webphoneId: '1002', State: 'ONLINE' });
    expect(heard).to.have.length(3);
    asker.client.checkWebphoneState('127.0.0.1:9', 'website');
    expect(await asker.error('checkWebphoneState')).to.include({ reason: 'unreachable' });
    asker.client.checkWebphoneState('', 'x');
    await asker.eventually('a bad argument', () => asker.errors[1]?.parameter === 'serverAddress');
  });

  it('two clients of one page are two', async () => {
    const alice = await page('1001').open(system.gatewayUrl);
    const bob = await page('1002').open(system.gatewayUrl);
    alice.client.disconnect();
    await alice.eventually('the end', () => alice.states.length === 2);
    expect(states(bob)).to.deep.equal(['ACCESS_GRANTED']);
  });

  it('shares its phone with <ozeki-client>, both ways', async () => {
    const element = document.createElement('ozeki-client');
    document.body.append(element);
    const own = await element.webClient();
    expect(own).to.be.instanceOf(OzWebClient);
    expect(own.phone).to.equal(element.phone);
    expect(await element.webClient()).to.equal(own);

    const alice = await page('1001').open(system.gatewayUrl);
    element.phone = alice.client.phone;
    expect(element.matches(':state(connected)')).to.equal(true);
    expect(await element.webClient()).to.equal(alice.client);
    expect(() => (element.phone = {} as never)).to.throw(TypeError);
    element.remove();
    await Promise.resolve();
    expect(alice.state.connection.status, 'whose phone it is keeps it').to.equal('connected');
  });

  it('takes nothing else for a phone', () => {
    expect(() => new OzWebClient({ phone: {} as never })).to.throw(/'phone'/);
    const phone = createPhone();
    expect(new OzWebClient({ phone }).phone).to.equal(phone);
  });

  const userSettings = {
    id: 'anna',
    fullName: 'Anna',
    emailAddress: '',
    phoneNumber: '',
    mobileNumber: '',
    extensions: ['1001'],
  };
});
