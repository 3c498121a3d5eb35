/** The parts of the JavaScript API that need no browser, and its README against its types. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, test } from 'node:test';
import ts from 'typescript';
import {
  CallState,
  ConnectionState,
  OzWebClient,
  SessionState,
  type Extension,
  type OzError,
  type Session,
  type User,
} from '../../../src/api/index.js';
import { named } from '../../../src/api/camera-list.js';
import { callState } from '../../../src/api/call-states.js';
import { clientInfo } from '../../../src/api/client-roster.js';
import { asOzError } from '../../../src/api/errors.js';
import { dateText, durationText } from '../../../src/api/format.js';
import { historyQuery } from '../../../src/api/history.js';
import { connectProperties } from '../../../src/api/properties.js';
import { sessionState } from '../../../src/api/session-states.js';
import { Topic } from '../../../src/api/topic.js';
import { createPhone, PhoneError, type PhoneCall } from '../../../src/phone/index.js';
import { END_REASONS, SESSION_STATES } from '../../../src/protocol/index.js';
import { GatewayStandIn, provideWebSocket, WELCOME } from '../../support/gateway-stand-in.js';
import { SilentMedia } from '../../support/silent-media.js';

provideWebSocket();

const README = readFileSync('src/api/README.md', 'utf8');
const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('words', () => {
  test('the nineteen states of a session are the documented ones', () => {
    const values = Object.values(SessionState);
    assert.equal(values.length, 19);
    for (const [key, value] of Object.entries(SessionState)) assert.equal(key, value.toUpperCase());
    for (const state of SESSION_STATES)
      assert.ok(values.includes(sessionState(state, false) as never), state);
    for (const value of values) assert.equal(sessionState(value, false), value);
  });

  test('the README maps all nineteen to the older seven as the API does', () => {
    const rows = [...README.matchAll(/^\| `([A-Z][a-z]\w+)` +\| `([A-Z_]+)` +\|$/gm)];
    assert.equal(rows.length, 19);
    for (const [, state, older] of rows) assert.equal(sessionState(state as SessionState, true), older);
    assert.equal(new Set(rows.map(([, , older]) => older)).size, 7);
  });

  test('states that pages compare with are their own names', () => {
    for (const words of [ConnectionState, CallState]) {
      for (const [key, value] of Object.entries(words)) assert.equal(key, value);
    }
  });

  test('the end of a call has a state of its own where the documents name one', () => {
    const ends = Object.fromEntries(
      END_REASONS.map((endReason) => [endReason, callState({ state: 'ended', endReason } as PhoneCall)]),
    );
    const {
      'not-found': unknown,
      unavailable,
      rejected,
      forbidden,
      busy,
      'no-answer': late,
      ...others
    } = ends;
    assert.deepEqual([unknown, unavailable], ['NOT_FOUND', 'NOT_FOUND']);
    assert.deepEqual([rejected, forbidden], ['REJECTED', 'REJECTED']);
    assert.deepEqual([busy, late], ['BUSY', 'BUSY']);
    for (const [reason, state] of Object.entries(others)) assert.equal(state, 'COMPLETED', reason);
  });
});

describe('shapes', () => {
  test('times are texts', () => {
    assert.equal(dateText(new Date(2026, 0, 2, 3, 4, 5).getTime()), '2026-01-02 03:04:05');
    assert.equal(durationText(0), '00:00:00');
    assert.equal(durationText(3_723_999), '01:02:03');
    assert.equal(durationText(360_000_000), '100:00:00');
    assert.equal(durationText(-5), '00:00:00');
  });

  test('the password is taken out of the properties, however it is written', () => {
    const given = {
      Password: 'secret',
      PASSWORD: 'x',
      password: 'y',
      nickname: 'Anna',
      age: 3,
      ok: true,
      no: null,
    };
    assert.deepEqual(connectProperties(given), {
      shared: { nickname: 'Anna', age: 3, ok: true, no: null },
      password: 'secret',
      refused: [],
    });
    assert.equal(connectProperties({ Password: 1234 }).password, '1234');
    assert.equal(connectProperties(undefined).password, null);
  });

  test('what cannot be shared is named', () => {
    const many = Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`p${index}`, index]));
    const refused = (properties: unknown) =>
      connectProperties(properties).refused.map(({ parameter }) => parameter);
    assert.deepEqual(refused({ a: {}, b: [1], c: 'x'.repeat(1025), d: NaN }), [
      'properties.a',
      'properties.b',
      'properties.c',
      'properties.d',
    ]);
    assert.deepEqual(refused(many), ['properties.p32']);
    assert.deepEqual(refused({ ['x'.repeat(65)]: 1 }), [`properties.${'x'.repeat(64)}`]);
    assert.deepEqual(refused('nickname'), ['properties']);
    assert.deepEqual(refused({ f: () => {}, u: undefined }), []);
    assert.deepEqual(refused(JSON.parse('{"__proto__": 1}')), ['properties.__proto__']);
    assert.deepEqual(refused({ Password: {} }), ['properties.Password']);
  });

  test('other clients are one flat object, in which number and status win', () => {
    const properties = {
      nickname: 'Bob',
      phoneNumber: 'x',
      status: 'y',
      Password: 'leaked',
      pAssword: 'too',
    };
    assert.deepEqual(
      { ...clientInfo({ phoneNumber: '1002', status: 'ONLINE', properties }) },
      { nickname: 'Bob', phoneNumber: '1002', status: 'ONLINE' },
    );
  });

  test('history filters are read in any case, and unknown ones named', () => {
    const from = new Date(2026, 0, 2, 3, 4, 5).getTime();
    const query = historyQuery(
      {
        pagenumber: '2',
        ROWSPERPAGE: 10,
        From: '2026-01-02 03:04:05',
        general: '',
        Source: 1001,
        State: null,
      },
      'm',
    );
    assert.deepEqual(query, { page: 2, rows: 10, from, source: '1001' });
    assert.deepEqual(historyQuery({ From: new Date(5) }, 'm'), { from: 5 });
    assert.deepEqual(historyQuery(undefined, 'm'), {});
    for (const [filters, parameter] of [
      [{ Colour: 'red' }, 'Colour'],
      [{ constructor: '1' }, 'constructor'],
      [{ RowsPerPage: 501 }, 'RowsPerPage'],
      [{ PageNumber: -1 }, 'PageNumber'],
      [{ From: 'yesterday' }, 'From'],
      [{ Source: {} }, 'Source'],
      [{ Source: 'x'.repeat(129) }, 'Source'],
      ['all', 'filters'],
    ] as const) {
      assert.throws(() => historyQuery(filters, 'm'), { parameter, code: 302 });
    }
  });

  test('errors carry the published code, their name, their method and the argument', () => {
    const error = asOzError(new PhoneError('forbidden', 'Not allowed.'), 'hold');
    assert.deepEqual(
      [error.code, error.reason, error.method, error.parameter, error.message],
      [306, 'forbidden', 'hold', '', 'Not allowed.'],
    );
    assert.match(
      asOzError(new PhoneError('insecure-context', 'The call is over.'), 'start').message,
      /secure context/,
    );
    assert.equal(
      asOzError(new PhoneError('not-found', 'not-found'), 'hold').message,
      'There is no such call or session.',
    );
    assert.equal(asOzError(new TypeError('odd'), 'hold').reason, 'internal');
    assert.equal(asOzError('odd', 'hold').message, 'odd');
  });

  test('cameras without names are numbered, and no two are called the same', () => {
    const devices = ['', 'USB', 'USB', ''].map((label, index) => ({ deviceId: String(index), label }));
    assert.deepEqual(
      named(devices).map(({ name }) => name),
      ['Camera 1', 'USB', 'USB (2)', 'Camera 4'],
    );
  });
});

describe('topics', () => {
  test('a late handler hears once what still holds', async () => {
    const holding = [['a'], ['b']] as [string][];
    const topic = new Topic<[string]>(() => holding);
    const heard: string[] = [];
    const handler = (what: string) => heard.push(what);
    topic.add(handler);
    topic.add(handler);
    holding.shift();
    await soon();
    topic.raise('c');
    assert.deepEqual(heard, ['b', 'c']);
  });
});

describe('a client over a gateway', () => {
  const EXTENSION = {
    id: '1002',
    name: 'Sales',
    kind: 'extension',
    type: 'Webphone',
    status: 'idle',
  } as const;
  const USER = {
    id: 'anna',
    fullName: 'Anna Kovács',
    emailAddress: 'anna@example.com',
    phoneNumber: '1001',
    mobileNumber: '+1 202 555 0101',
    extensions: ['1001', '1005'],
  };
  const SESSION = {
    id: 's2',
    masterId: 's1',
    state: 'Setup',
    direction: 'Internal',
    caller: '1001',
    callee: '1002',
    callerName: 'A',
    calleeName: 'B',
    callerLegId: 'l1',
    calleeLegId: 'l2',
    source: 'from',
    sourceType: 'Webphone',
    destination: 'to',
    destinationType: 'API',
    dialedNumber: '02',
    startedAt: new Date(2026, 0, 2, 3, 4, 5).getTime(),
    stateSince: 0,
    talk: { ms: 61_000, since: null },
  };

  let gateway: GatewayStandIn;
  let client: OzWebClient;
  let errors: OzError[];
  let changed: () => void;

  beforeEach(async () => {
    gateway = await GatewayStandIn.start();
    client = new OzWebClient({ phone: createPhone({ media: () => new SilentMedia() }) });
    errors = [];
    changed = () => {};
    client.onErrorOccured((error) => {
      errors.push(error);
      changed();
    });
  });

  afterEach(async () => {
    await gateway.close();
    await client.phone.dispose();
  });

  /** Signs in and is told of what there is. */
  async function granted(welcome: object = {}): Promise<void> {
    const access = new Promise((resolve) => client.onConnectionStateChanged(resolve));
    client.connect(gateway.address, '1001', { Password: 'secret', nickname: 'Anna' });
    const asked = await gateway.answer('connection.open', { ...WELCOME, ...welcome });
    assert.deepEqual(asked.params.properties, { nickname: 'Anna' });
    assert.deepEqual(asked.params.credentials, { kind: 'password', extension: '1001', password: 'secret' });
    await gateway.answer('directory.watch', { users: [USER], clients: [], legacySessionStates: false });
    assert.deepEqual(await access, { State: 'ACCESS_GRANTED', Reason: '' });
  }

  const told = <T>(register: (handler: (thing: T) => void) => void) => new Promise<T>(register);
  const failed = async () => {
    if (!errors.length) await new Promise<void>((resolve) => (changed = resolve));
    return errors.shift()!;
  };

  test('capital names of a session read what the others read', async () => {
    await granted({ sessions: [SESSION] });
    const session = await told<Session>((handler) => client.onSessionCreated(handler));
    const values = session as unknown as Record<string, string>;
    const names =
      'masterSessionId sessionId sessionState startTime talkDuration stateDuration caller callee callerDisplayName calleeDisplayName callerCallLegId calleeCallLegId source sourceType destination destinationType dialedNumber direction';
    for (const name of names.split(' ')) {
      assert.equal(typeof values[name], 'string', name);
      assert.equal(values[name[0]!.toUpperCase() + name.slice(1)], values[name], name);
    }
    assert.deepEqual([session.Id, session.State], ['s2', 'Ringing']);
    assert.deepEqual(
      [session.startTime, session.talkDuration, session.masterSessionId],
      ['2026-01-02 03:04:05', '00:01:01', 's1'],
    );
  });

  test('a session that is set up is told to ring when it does, and its clock stops with it', async () => {
    await granted({ sessions: [SESSION] });
    const session = await told<Session>((handler) => client.onSessionCreated(handler));
    const states: string[] = [];
    session.onSessionStateChanged((_, state) => states.push(state));
    const closed = told<Session>((handler) => client.onSessionClosed(handler));
    gateway.event(1, 'session.changed', { ...SESSION, state: 'Setup', callee: '1003' });
    gateway.event(2, 'session.changed', { ...SESSION, state: 'Ringing' });
    gateway.event(3, 'session.closed', { ...SESSION, state: 'Busy' });
    assert.equal(await closed, session);
    assert.deepEqual(states, ['Ringing', 'Busy']);
    assert.equal(session.stateDuration, session.stateDuration);
    assert.equal(client.helper.getActiveSessionById('s2'), null);
  });

  test('an extension tells what it is and how it changes', async () => {
    await granted({
      extensions: [EXTENSION, { ...EXTENSION, id: 'web', kind: 'line', type: 'Webphone outside line' }],
    });
    const extension = await told<Extension>((handler) => client.onExtensionInfoReceived(handler));
    const { id, name, type, status, isOutsideLine, Id, Name, Type, Status } = extension;
    assert.deepEqual([id, name, type, status, isOutsideLine], ['1002', 'Sales', 'Webphone', 'idle', false]);
    assert.deepEqual([Id, Name, Type, Status], [id, name, type, status]);
    const status2 = told<Extension>((handler) => extension.onExtensionStatusChanged(handler));
    gateway.event(1, 'extension.changed', { ...EXTENSION, status: 'busy' });
    assert.equal((await status2).status, 'busy');
    assert.equal(client.helper.getOutsideLineById('web')!.isOutsideLine, true);
  });

  test('a user tells everything about itself', async () => {
    await granted();
    const user = (await told<User>((handler) => client.onUserInfoReceived(handler))) as User &
      Record<string, unknown>;
    for (const [name, value] of Object.entries({ ...USER, name: USER.fullName })) {
      assert.deepEqual(user[name], value, name);
      assert.deepEqual(user[name[0]!.toUpperCase() + name.slice(1)], value, name);
    }
    assert.equal(client.helper.getUserByExtension('1005'), user);
  });

  test('what the phone system refuses is raised once, with its method', async () => {
    await granted({ sessions: [{ ...SESSION, state: 'InCall' }] });
    client.helper.getActiveSessionById('s2')!.hold();
    await gateway.fail('session.hold', -32003);
    assert.deepEqual(
      { ...(await failed()) },
      { name: 'OzError', code: 306, reason: 'forbidden', method: 'hold', parameter: '' },
    );
    await new Promise((resolve) => setTimeout(resolve));
    assert.deepEqual(errors, []);
  });

  test('a directory that is refused does not keep anybody out', async () => {
    const access = new Promise((resolve) => client.onConnectionStateChanged(resolve));
    client.connect(gateway.address, 'token');
    await gateway.answer('connection.open', WELCOME);
    await gateway.fail('directory.watch', -32003);
    assert.deepEqual(await access, { State: 'ACCESS_GRANTED', Reason: '' });
    assert.equal((await failed()).method, 'connect');
  });

  test('an event of the directory that is not of the protocol ends the connection', async () => {
    await granted();
    const closed = new Promise<{ State: string; Reason: string }>((resolve) =>
      client.onConnectionStateChanged((info) => info.State !== 'ACCESS_GRANTED' && resolve(info)),
    );
    gateway.event(1, 'user.changed', { id: 5 });
    assert.equal((await closed).State, 'CONNECTION_CLOSED');
  });

  test('an unknown event is left alone, and an address without a port gets 7779', async () => {
    await granted();
    gateway.event(1, 'weather.changed', { rain: true });
    gateway.event(2, 'user.removed', { id: 'anna' });
    await told<User>((handler) => client.onUserRemoved(handler));
    client.connect('127.0.0.1', 'token');
    assert.equal(client.phone.getState().connection.server, '127.0.0.1:7779');
    const other = new OzWebClient({ phone: createPhone({ media: () => new SilentMedia() }), gatewayPort: 9 });
    other.connect('127.0.0.1', 'token');
    assert.equal(other.phone.getState().connection.server, '127.0.0.1:9');
    await other.phone.dispose();
  });

  test('what is no function is no handler', async () => {
    client.onIncomingCall(undefined as never);
    assert.deepEqual([(await failed()).parameter], ['callback']);
  });
});

describe('the table of members', () => {
  /** The members of sources "JavaScript API", "Session class" and the class documentation of Session. */
  const DOCUMENTED = `OzWebClient: connect createCall checkWebphoneState disconnect getCallHistory setupCall
      onCallHistoryInfoReceived onClientStateChanged onConnectionStateChanged onErrorOccured onExtensionInfoReceived
      onExtensionRemoved onIncomingCall onSessionCreated onSessionClosed onUserInfoReceived onUserRemoved
      onWebphoneStateReceived helper
    Call: accept attachCamera forward getCallState getOtherParty hangUp hold reject sendMessage setRemoteDisplay start
      transfer unHold onCallStateChanged onMessageReceived
    OzCamera: getFps getHeight getId getName getWidth getNames getCameraByIndex getCameraByName setDisplay setMode
      setQuality
    Helper: getActiveCallsOfExtension getActiveCallsOfUser getActiveSessionById getActiveSessionsBySessionState
      getCallHistoryOfExtension getExtensionById getExtensions getExtensionsByType getOutsideLineById getOutsideLines
      getOutsideLinesByType getUserByExtension getUserById
    Session: blindTransfer close closeWithHangup forward hangup hold sendDtmf startListen stopListen unhold
      onSessionStateChanged masterSessionId sessionId sessionState startTime talkDuration stateDuration caller callee
      callerDisplayName calleeDisplayName callerCallLegId calleeCallLegId source sourceType destination destinationType
      dialedNumber
    Extension: onExtensionStatusChanged`
    .split(/(?=\b[A-Z]\w+: )/)
    .flatMap((line) => {
      const [name, members] = line.split(':') as [string, string];
      return members
        .trim()
        .split(/\s+/)
        .map((member) => `${name}.${member}`);
    });

  /** Every public member of the module's classes and enumerations, from their types. */
  function publicMembers(): string[] {
    const file = 'src/api/index.ts';
    const { config } = ts.readConfigFile('tsconfig.json', (name) => ts.sys.readFile(name)) as {
      config: object;
    };
    const { options } = ts.parseJsonConfigFileContent({ ...config, include: [file] }, ts.sys, '.');
    const program = ts.createProgram([file], options);
    const checker = program.getTypeChecker();
    const symbol = checker.getSymbolAtLocation(program.getSourceFile(file)!)!;
    return checker.getExportsOfModule(symbol).flatMap((exported) => {
      const meant = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      const isClass = meant.flags & ts.SymbolFlags.Class;
      const isEnum = meant.flags & ts.SymbolFlags.Variable;
      if (!isClass && !isEnum) return [];
      const values = checker.getTypeOfSymbol(meant).getProperties();
      const all = isClass ? [...values, ...checker.getDeclaredTypeOfSymbol(meant).getProperties()] : values;
      return all.filter(isPublic).map(({ name }) => `${exported.name}.${name}`);
    });
  }

  function isPublic(member: ts.Symbol): boolean {
    const declaration = member.declarations?.[0];
    if (!declaration || member.name === 'prototype' || /^(__@|#|__#)/.test(member.name)) return false;
    if (/node_modules/.test(declaration.getSourceFile().fileName)) return false;
    const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
    if (ts.getCombinedModifierFlags(declaration) & hidden) return false;
    return !member.getJsDocTags().some(({ name }) => name === 'internal');
  }

  const rows = [...README.matchAll(/^\| `([\w]+\.[\w]+)` +\| (.+?) +\| `([\w/.-]+)` +\|$/gm)].map(
    ([, member, title, file]) => ({ member: member!, title: title!.replaceAll('\\', ''), file: file! }),
  );

  test('names every public member, once, and nothing else', () => {
    const members = publicMembers().filter((name) => name !== 'OzError.name');
    assert.ok(members.length > 150, `${members.length} members`);
    assert.deepEqual(rows.map(({ member }) => member).sort(), members.sort());
  });

  test('names every member of the source documents', () => {
    const known = new Set(rows.map(({ member }) => member));
    assert.ok(DOCUMENTED.length > 75);
    assert.deepEqual(
      DOCUMENTED.filter((member) => !known.has(member)),
      [],
    );
  });

  test('names tests that there are', () => {
    for (const { title, file } of rows) {
      assert.ok(existsSync(file), file);
      const source = readFileSync(file, 'utf8');
      const at = source.indexOf(title);
      assert.ok(at >= 0, `${file} has no test "${title}"`);
    }
  });
});
