import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { readCommandLine } from '../../../src/pbx/config/command-line.js';
import { DEMO_LOGINS, demoSettings } from '../../../src/pbx/config/demo.js';
import { loadSettings } from '../../../src/pbx/config/load.js';
import { ConfigurationError, describeProblem } from '../../../src/pbx/config/problem.js';
import { verifyPassword } from '../../../src/pbx/accounts/index.js';

const folder = mkdtempSync(join(tmpdir(), 'ozeki-config-'));
after(() => rmSync(folder, { recursive: true }));

let files = 0;
function file(content: unknown): string {
  const path = join(folder, `${(files += 1)}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function load(args: string[], variables: Record<string, string> = {}) {
  return loadSettings(readCommandLine(args), variables);
}

/** The lines a person would read. */
function complaints(args: string[], variables: Record<string, string> = {}): string[] {
  try {
    load(args, variables);
  } catch (error) {
    assert.ok(error instanceof ConfigurationError, String(error));
    return error.problems.map(describeProblem);
  }
  return assert.fail('the configuration was accepted');
}

const HASH = 'scrypt$16384$8$1$HB9JDiyPqhrI0YeQBW8ZOw==$AqIoOpAdf9HATSivbLVo3jyc6hrG2V6bhoXPXTQ/uUo=';
const desk = (id: string, more: object = {}) => ({ id, name: `Desk ${id}`, passwordHash: HASH, ...more });
const line = (more: object = {}) => ({
  id: 'web',
  type: 'webphone',
  name: 'Web',
  token: 'tok-1',
  rings: '1001',
  ...more,
});

describe('where a value comes from', () => {
  it('has the defaults of the product', () => {
    const { settings, demo } = load([]);
    assert.equal(demo, false);
    assert.deepEqual(
      [settings.host, settings.port, settings.gatewayPort, settings.apiPort, settings.data],
      ['127.0.0.1', 7777, 7779, 7780, './data'],
    );
    assert.deepEqual([settings.extensions, settings.outsideLines, settings.allowedOrigins], [[], [], []]);
    assert.deepEqual(settings.dialPlan, { rules: [], ringSeconds: 60 });
  });

  it('takes a flag over a variable over the file over the default', () => {
    const path = file({ port: 1, gatewayPort: 2, apiPort: 3 });
    const variables = { OZEKI_PORT: '11', OZEKI_GATEWAY_PORT: '12', OZEKI_CONFIG: path };
    const { settings, originOf } = load(['--port', '21'], variables);
    assert.deepEqual([settings.port, settings.gatewayPort, settings.apiPort], [21, 12, 3]);
    assert.deepEqual(originOf('port'), { kind: 'flag', name: '--port' });
    assert.deepEqual(originOf('gatewayPort'), { kind: 'variable', name: 'OZEKI_GATEWAY_PORT' });
    assert.deepEqual(originOf('apiPort'), { kind: 'file', name: path });
    assert.equal(originOf('host'), undefined);
  });

  it('reads every option as a flag and as a variable', () => {
    const expected = {
      port: 1,
      gatewayPort: 2,
      apiPort: 3,
      host: '::1',
      data: '/d',
      publicIp: '203.0.113.7',
      mediaPorts: [40_000, 40_100],
      tlsCert: 'c.pem',
      tlsKey: 'k.pem',
      logLevel: 'debug',
    };
    const texts: Record<string, string> = {
      port: '1',
      'gateway-port': '2',
      'api-port': '3',
      host: '::1',
      data: '/d',
      'public-ip': '203.0.113.7',
      'media-ports': '40000-40100',
      'tls-cert': 'c.pem',
      'tls-key': 'k.pem',
      'log-level': 'debug',
    };
    const flags = Object.entries(texts).flatMap(([name, value]) => [`--${name}`, value]);
    const variables = Object.fromEntries(
      Object.entries(texts).map(([name, value]) => [
        `OZEKI_${name.toUpperCase().replaceAll('-', '_')}`,
        value,
      ]),
    );
    for (const loaded of [load(flags), load([], variables)]) {
      const { settings } = loaded;
      const given = Object.fromEntries(
        Object.keys(expected).map((key) => [key, settings[key as keyof typeof settings]]),
      );
      assert.deepEqual(given, expected);
    }
  });

  it('takes an empty variable for none and an unknown one for a slip worth a notice', () => {
    const { settings, notices } = load([], { OZEKI_PORT: '', OZEKI_PROT: '5', OZEKI_SERVICE_HOST: 'x' });
    assert.equal(settings.port, 7777);
    assert.deepEqual(notices, [
      'The variable OZEKI_PROT is not known, did you mean OZEKI_PORT?',
      'The variable OZEKI_SERVICE_HOST is not known.',
    ]);
  });

  it('takes outside lines of type SIP, and says what is wrong with one', () => {
    const sip = { id: 'out', type: 'sip', name: 'Provider', server: 'sip.example.com', username: '100' };
    const problems = (more: object, rest: object = {}) => {
      try {
        load(['--config', file({ outsideLines: [{ ...sip, password: 'hush', ...more }], ...rest })]);
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    };
    assert.equal(problems({ tlsCa: 'ca.pem', transport: 'tls' }), '');
    assert.match(problems({ password: undefined }), /outsideLines\[0\]\.password.*"register": false/);
    assert.match(problems({ transport: 'ws' }), /expected "udp", "tcp" or "tls"/);
    assert.match(problems({ server: 'a b' }), /outsideLines\[0\]\.server: "a b"/);
    assert.match(problems({ server: 'a:70000' }), /a port number from 1 to 65535/);
    assert.match(problems({ serverr: 'a' }), /serverr .*did you mean server\?/);
    assert.match(problems({ type: 'isdn' }), /expected "webphone" or "sip"/);
    assert.match(problems({ tlsCa: 'ca.pem' }), /expected "transport": "tls" beside it/);
    const rule = { pattern: '0*', to: '{rest}', line: 'other' };
    assert.match(problems({}, { dialPlan: { rules: [rule] } }), /dialPlan\.rules\[0\]\.line: "other"/);
    assert.ok(!problems({ password: 5 }).includes('hush'));
  });

  it('means paths in a file from where the file lies, and the others from here', () => {
    const path = file({ data: 'calls', tlsCert: 'a.pem', tlsKey: '/etc/b.pem', contentFolder: 'sounds' });
    const { settings } = load(['--config', path]);
    assert.equal(settings.data, join(folder, 'calls'));
    assert.equal(settings.contentFolder, join(folder, 'sounds'));
    assert.equal(settings.tlsCert, join(folder, 'a.pem'));
    assert.equal(settings.tlsKey, '/etc/b.pem');
    assert.equal(load(['--data', 'calls']).settings.data, 'calls');
    assert.equal(load(['--config', file({ data: ':memory:' })]).settings.data, ':memory:');
  });
});

describe('the demo configuration', () => {
  it('has four desks whose shown passwords fit, and a line for visitors', async () => {
    const { settings, demo } = load(['--demo']);
    assert.equal(demo, true);
    assert.deepEqual(
      settings.extensions.map(({ id, name, privileges }) => [id, name, privileges]),
      [
        ['1001', 'Front desk', []],
        ['1002', 'Sales', []],
        ['1003', 'Support', []],
        ['1004', 'Supervisor', 'all'],
      ],
    );
    for (const { extension, password } of DEMO_LOGINS) {
      const found = settings.extensions.find(({ id }) => id === extension);
      assert.ok(await verifyPassword(password, found?.passwordHash ?? ''), extension);
    }
    assert.deepEqual(
      settings.outsideLines.map((line) => [line.id, line.type === 'webphone' && line.token, line.rings]),
      [['website', 'website', '1001']],
    );
    assert.deepEqual(settings.conferences, [{ id: '5000', name: 'Conference' }]);
    assert.deepEqual(settings.apiExtensions, [{ id: '9999', name: 'API extension' }]);
    assert.deepEqual(
      [settings.httpApi?.allowedAddresses, settings.httpApi?.allowTargets, settings.httpApi?.username],
      [['loopback'], ['loopback'], undefined],
    );
    assert.deepEqual(
      settings.users.map((user) => [user.extensions, user.phoneNumber]),
      settings.extensions.map(({ id }) => [[id], id]),
      'somebody at each desk',
    );
    assert.deepEqual(settings.allowedOrigins, ['loopback']);
    assert.equal(settings.data, ':memory:');
  });

  it('can be asked for by OZEKI_DEMO, and keeps data only where it is told to', () => {
    assert.equal(load([], { OZEKI_DEMO: '1' }).settings.extensions.length, 4);
    assert.equal(load([], { OZEKI_DEMO: '0' }).settings.extensions.length, 0);
    assert.equal(load(['--demo', '--data', 'here']).settings.data, 'here');
    assert.deepEqual(complaints([], { OZEKI_DEMO: 'perhaps' }), [
      'demo: "perhaps" (variable OZEKI_DEMO): expected 1 or 0.',
    ]);
  });

  it('gives its phone book up for one in the file, as a whole', () => {
    const { settings } = load(['--demo', '--config', file({ extensions: [desk('2001')] })]);
    assert.deepEqual(
      settings.extensions.map(({ id }) => id),
      ['2001'],
    );
    const { outsideLines, conferences, apiExtensions, users } = settings;
    assert.deepEqual([outsideLines, conferences, apiExtensions, users], [[], [], [], []]);
    assert.deepEqual(settings.allowedOrigins, ['loopback']);
  });

  it('gives a fresh object to everyone who asks', () => {
    demoSettings().extensions?.splice(0);
    assert.equal(demoSettings().extensions?.length, 4);
  });
});

describe('what is wrong is named with key, value, source and what is expected', () => {
  const fromFile: [title: string, content: object, expected: (path: string) => string[]][] = [
    [
      'a value of the wrong kind',
      { port: '80' },
      (path) => [`port: "80" (file ${path}): expected a port number from 0 to 65535.`],
    ],
    [
      'a missing value',
      { extensions: [{ id: '1', passwordHash: HASH }] },
      (path) => [`extensions[0].name (file ${path}): expected a value, it is missing.`],
    ],
    [
      'an unknown key, with the nearest',
      { extensoins: [], gatewayport: 4 },
      (path) => [
        `extensoins (file ${path}): unknown key, did you mean extensions?`,
        `gatewayport (file ${path}): unknown key, did you mean gatewayPort?`,
      ],
    ],
    [
      'an unknown key deep inside, its value unseen',
      { extensions: [{ ...desk('1'), password: 'hunter2' }] },
      (path) => [
        `extensions[0].password (file ${path}): unknown key, expected one of id, name, passwordHash, privileges.`,
      ],
    ],
    [
      'a hash that is none, unseen',
      { extensions: [desk('1', { passwordHash: 'hunter2' })] },
      (path) => [
        `extensions[0].passwordHash (file ${path}): expected a hash printed by "ozeki-webphone hash-password".`,
      ],
    ],
    [
      'a hash with costs scrypt cannot work with',
      { extensions: [desk('1', { passwordHash: HASH.replace('16384', '16383') })] },
      (path) => [
        `extensions[0].passwordHash (file ${path}): expected a hash printed by "ozeki-webphone hash-password".`,
      ],
    ],
    [
      'two extensions of one number',
      { extensions: [desk('1'), desk('1')] },
      (path) => [
        `extensions[1].id: "1" (file ${path}): expected each to differ, it is that of extensions[0].id too.`,
      ],
    ],
    [
      'a line whose id is an extension',
      { extensions: [desk('1001')], outsideLines: [line({ id: '1001' })] },
      (path) => [
        `outsideLines[0].id: "1001" (file ${path}): expected each to differ, it is that of extensions[0].id too.`,
      ],
    ],
    [
      'a conference whose id is an extension',
      { extensions: [desk('1001')], conferences: [{ id: '1001', name: 'Room' }] },
      (path) => [
        `conferences[0].id: "1001" (file ${path}): expected each to differ, it is that of extensions[0].id too.`,
      ],
    ],
    [
      'a password of the HTTP API that is no hash, unseen',
      { httpApi: { username: 'Office', passwordHash: 'hunter2' } },
      (path) => [
        `httpApi.passwordHash (file ${path}): expected a hash printed by "ozeki-webphone hash-password".`,
      ],
    ],
    [
      'an HTTP API for everybody',
      { httpApi: {} },
      (path) => [
        `httpApi (file ${path}): expected username and passwordHash, or allowedAddresses, so that not everybody may use it.`,
      ],
    ],
    [
      'a user of the HTTP API without a password',
      { httpApi: { username: 'Office', allowedAddresses: ['loopback'] } },
      (path) => [`httpApi (file ${path}): expected username and passwordHash together, or neither.`],
    ],
    [
      'addresses, targets, rights and headers that are none',
      {
        httpApi: {
          allowedAddresses: ['10.0.0.0/33'],
          deniedAddresses: ['site.example'],
          rights: ['everything'],
          allowTargets: ['https://site.example'],
          notifications: { authorization: 'Basic x\r\nX-Other: 1', retries: 99 },
        },
      },
      (path) => [
        `httpApi.allowedAddresses[0]: "10.0.0.0/33" (file ${path}): expected "loopback", an address, or a range such as "192.168.0.0/16".`,
        `httpApi.deniedAddresses[0]: "site.example" (file ${path}): expected "loopback", an address, or a range such as "192.168.0.0/16".`,
        `httpApi.rights[0]: "everything" (file ${path}): expected one of "tokens", "calls", "control", "messages", "configuration", "view".`,
        `httpApi.allowTargets[0]: "https://site.example" (file ${path}): expected "loopback", an address, or a range such as "192.168.0.0/16", or a host name.`,
        `httpApi.notifications.retries: 99 (file ${path}): expected a whole number from 0 to 10.`,
        `httpApi.notifications.authorization (file ${path}): expected a header value: a text on one line.`,
      ],
    ],
    [
      'addresses of web sites that are none, unseen',
      {
        httpApi: {
          allowedAddresses: ['::1'],
          notifications: { callChangedUrl: 'ftp://site.example/?key=hunter2' },
        },
        apiExtensions: [{ id: '9999', name: 'Desk', incomingCallUrl: 'https://me:hunter2@site.example/' }],
      },
      (path) => [
        `apiExtensions[0].incomingCallUrl (file ${path}): expected an address that starts with http:// or https://, without user name and password.`,
        `httpApi.notifications.callChangedUrl (file ${path}): expected an address that starts with http:// or https://, without user name and password.`,
      ],
    ],
    [
      'an API extension whose id is a conference',
      { conferences: [{ id: '5000', name: 'Room' }], apiExtensions: [{ id: '5000', name: 'Script' }] },
      (path) => [
        `apiExtensions[0].id: "5000" (file ${path}): expected each to differ, it is that of conferences[0].id too.`,
      ],
    ],
    [
      'a mail server with half a login, and a sender that is no address',
      { email: { host: 'mail.example', username: 'pbx', from: 'pbx' } },
      (path) => [
        `email.from: "pbx" (file ${path}): expected an e-mail address, such as "pbx@example.com" or "Phone <pbx@example.com>".`,
      ],
    ],
    [
      'a mail server with a user name and no password',
      { email: { host: 'mail.example', username: 'pbx', from: 'Phone <pbx@mail.example>' } },
      (path) => [`email (file ${path}): expected username and password together, or neither.`],
    ],
    [
      'an SMS gateway with a header of the phone system’s own and a short token, unseen',
      {
        sms: {
          type: 'http',
          url: 'https://sms.example/',
          headers: { 'Content-Type': 'text/plain' },
          incomingToken: 'hunter2',
        },
      },
      (path) => [
        `sms.headers.Content-Type: "Content-Type" (file ${path}): expected the name of a header that is not made by the phone system itself.`,
        `sms.incomingToken (file ${path}): expected a text of 16 to 256 characters.`,
      ],
    ],
    [
      'a token used twice, unseen',
      { extensions: [desk('1001')], outsideLines: [line(), line({ id: 'web2' })] },
      (path) => [
        `outsideLines[1].token (file ${path}): expected each to differ, it is that of outsideLines[0].token too.`,
      ],
    ],
    [
      'a line that rings nobody',
      { outsideLines: [line()] },
      (path) => [
        `outsideLines[0].rings: "1001" (file ${path}): expected the id of one of the extensions, conferences or API extensions.`,
      ],
    ],
    [
      'a user with somebody else’s extension',
      { users: [{ id: 'ann', fullName: 'Ann', extensions: ['7'] }] },
      (path) => [`users[0].extensions[0]: "7" (file ${path}): expected the id of one of the extensions.`],
    ],
    [
      'a dial rule to nowhere',
      { extensions: [desk('1')], dialPlan: { rules: [{ pattern: '0', to: '9' }] } },
      (path) => [
        `dialPlan.rules[0].to: "9" (file ${path}): expected the id of one of the extensions, conferences or API extensions.`,
      ],
    ],
    [
      'a dial pattern with a star inside',
      { extensions: [desk('1')], dialPlan: { rules: [{ pattern: '0*1', to: '1' }] } },
      (path) => [
        `dialPlan.rules[0].pattern: "0*1" (file ${path}): expected digits, X for any digit, and * only at the end.`,
      ],
    ],
    [
      'an unknown privilege',
      { extensions: [desk('1', { privileges: ['sessions.veiw'] })] },
      (path) => [
        `extensions[0].privileges: a list (file ${path}): expected "all" or a list of "sessions.view", "sessions.modify", "sessions.listen", "calls.setup", "calls.pickup", "history", "users".`,
      ],
    ],
    [
      'two servers on one port',
      { port: 7779 },
      () => ['gatewayPort: 7779: expected another port than that of port.'],
    ],
    [
      'a certificate without its key',
      { tlsCert: '/c.pem' },
      (path) => [
        `tlsCert: "/c.pem" (file ${path}): expected tlsKey beside it: a certificate is of no use without its key.`,
      ],
    ],
    [
      'an origin with a path',
      { allowedOrigins: ['https://example.com/'] },
      (path) => [
        `allowedOrigins[0]: "https://example.com/" (file ${path}): expected "loopback" or an origin such as "https://www.example.com", without a path.`,
      ],
    ],
    [
      'TURN credentials of two kinds',
      { iceServers: [{ urls: ['turn:a.example'], secret: 's', username: 'u', credential: 'c' }] },
      (path) => [
        `iceServers[0] (file ${path}): expected either secret, or username and credential, not both.`,
      ],
    ],
    [
      'a key that would reach the prototype',
      JSON.parse('{"__proto__": {"port": 1}}') as object,
      (path) => [
        `__proto__ (file ${path}): unknown key, expected one of host, port, gatewayPort, apiPort, data, publicIp, mediaPorts, tlsCert, tlsKey, logLevel, allowedOrigins, trustedProxies, limits, extensions, users, outsideLines, conferences, apiExtensions, legacySessionStates, dialPlan, iceServers, httpApi, email, sms, keepMessagesDays, contentFolder, recordingsFolder, simulateFaults, holdMusic.`,
      ],
    ],
  ];
  for (const [title, content, expected] of fromFile) {
    it(`in a file: ${title}`, () => {
      const path = file(content);
      assert.deepEqual(complaints(['--config', path]), expected(path));
    });
  }

  const fromFlags: [title: string, args: string[], expected: string[]][] = [
    [
      'a number out of range',
      ['--port', '70000'],
      ['port: 70000 (flag --port): expected a port number from 0 to 65535.'],
    ],
    [
      'a word for a number',
      ['--api-port=seven'],
      ['apiPort: "seven" (flag --api-port): expected a port number from 0 to 65535.'],
    ],
    [
      'media ports the wrong way round',
      ['--media-ports', '40100-40000'],
      [
        'mediaPorts: a list (flag --media-ports): expected the first and the last UDP port, 40000-40100 on the command line or [40000, 40100] in a file.',
      ],
    ],
    [
      'a host name for an address',
      ['--public-ip', 'pbx.example'],
      ['publicIp: "pbx.example" (flag --public-ip): expected an IP address, for example 203.0.113.7.'],
    ],
    [
      'an unknown level',
      ['--log-level', 'loud'],
      [
        'logLevel: "loud" (flag --log-level): expected one of trace, debug, info, warn, error, fatal, silent.',
      ],
    ],
    ['a flag without its value', ['--port'], ['--port: expected a value after it.']],
    ['a flag before the next flag', ['--port', '--demo'], ['--port: expected a value after it.']],
    ['a switch with a value', ['--demo=yes'], ['--demo: expected no value after it.']],
    [
      'a mistyped flag and its value',
      ['--gatewayport', '7'],
      ['--gatewayport: unknown flag, did you mean --gateway-port?'],
    ],
    [
      'a mistyped command',
      ['hash-pasword'],
      ['"hash-pasword": unknown command, did you mean hash-password?'],
    ],
  ];
  for (const [title, args, expected] of fromFlags) {
    it(`on the command line: ${title}`, () => assert.deepEqual(complaints(args), expected));
  }

  it('in a variable', () => {
    assert.deepEqual(complaints([], { OZEKI_GATEWAY_PORT: '-1' }), [
      'gatewayPort: "-1" (variable OZEKI_GATEWAY_PORT): expected a port number from 0 to 65535.',
    ]);
  });

  it('in one of the demo’s own values, when the file takes away what it needs', () => {
    const path = file({ outsideLines: [line()] });
    assert.deepEqual(complaints(['--demo', '--config', path]), [
      `outsideLines[0].rings: "1001" (file ${path}): expected the id of one of the extensions, conferences or API extensions.`,
    ]);
  });

  it('all at once', () => {
    const path = file({ port: true, extensions: [desk('1', { name: '' })] });
    assert.deepEqual(complaints(['--config', path, '--prot', '1', '--log-level', 'x'], { OZEKI_DEMO: '?' }), [
      '--prot: unknown flag, did you mean --port?',
      'demo: "?" (variable OZEKI_DEMO): expected 1 or 0.',
      `port: true (file ${path}): expected a port number from 0 to 65535.`,
      'logLevel: "x" (flag --log-level): expected one of trace, debug, info, warn, error, fatal, silent.',
      `extensions[0].name: "" (file ${path}): expected a text of 1 to 128 characters.`,
    ]);
  });
});

describe('an API extension', () => {
  it('can be rung by a line and be the destination of a rule', () => {
    const path = file({
      apiExtensions: [{ id: '9999', name: 'Script', incomingCallUrl: 'https://site.example/call?a=b' }],
      outsideLines: [line({ rings: '9999' })],
      dialPlan: { rules: [{ pattern: '0', to: '9999' }] },
    });
    assert.equal(load(['--config', path]).settings.outsideLines[0]?.rings, '9999');
  });
});

describe('the HTTP API, mail and SMS', () => {
  it('have the defaults of the product', () => {
    const path = file({
      httpApi: { allowedAddresses: ['192.168.0.0/16', 'loopback'] },
      email: { host: 'mail.example', from: 'pbx@mail.example' },
      sms: { type: 'http', url: 'https://sms.example/send' },
    });
    const { httpApi, email, sms } = load(['--config', path]).settings;
    assert.deepEqual(httpApi, {
      allowedAddresses: ['192.168.0.0/16', 'loopback'],
      deniedAddresses: [],
      rights: ['tokens', 'calls', 'control', 'messages', 'configuration', 'view'],
      allowTargets: [],
      notifications: { timeoutSeconds: 5, retries: 3 },
    });
    assert.deepEqual(email, { host: 'mail.example', from: 'pbx@mail.example', security: 'starttls' });
    const names = ['id', 'sender', 'recipient', 'message', 'delivered'];
    assert.deepEqual(sms, {
      ...{ type: 'http', url: 'https://sms.example/send', format: 'json', headers: {}, timeoutSeconds: 10 },
      fields: Object.fromEntries(names.map((name) => [name, name])),
    });
  });

  it('take targets by name, address, range and as loopback', () => {
    const allowTargets = ['loopback', 'site.example', 'localhost', '10.1.2.3', '10.0.0.0/8', 'fd00::/8'];
    const path = file({ httpApi: { allowedAddresses: ['::1'], allowTargets } });
    assert.deepEqual(load(['--config', path]).settings.httpApi?.allowTargets, allowTargets);
  });
});

describe('the configuration file itself', () => {
  it('that is not there', () => {
    const path = join(folder, 'absent.json');
    assert.deepEqual(complaints(['--config', path]), [
      `file ${path}: expected a readable configuration file, but there is no such file.`,
    ]);
  });

  it('that is a folder', () => {
    assert.deepEqual(complaints(['--config', folder]), [
      `file ${folder}: expected a readable configuration file, but it is a folder.`,
    ]);
  });

  it('that is not an object', () => {
    const path = file('[1]');
    assert.deepEqual(complaints(['--config', path]), [`file ${path}: expected one JSON object in { }.`]);
  });

  it('that is not JSON: the place is named, the text around it is not', () => {
    const path = file('{\n  "port": 1,\n  "token": hunter2\n}');
    assert.deepEqual(complaints(['--config', path]), [
      `file ${path}: expected JSON, but line 3, column 12 is not.`,
    ]);
  });

  it('with a byte order mark is read all the same', () => {
    assert.equal(load(['--config', file('\uFEFF{"port": 5}')]).settings.port, 5);
  });
});
