/** Every command: what it takes, what it is without it, and what it refuses. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeCommands, parseOzml, Scope, steps } from '../../../src/pbx/ozml/index.js';
import type { CommandSet } from '../../../src/pbx/ozml/index.js';
import { refused, refusesParameter, response, run, SETS } from './reading.js';

interface Case {
  /** The attributes it cannot do without. */
  readonly least: Readonly<Record<string, string>>;
  /** What it is with those alone. */
  readonly bound: object;
  /** The attributes it can have beside them, and what they become. */
  readonly more?: Readonly<Record<string, readonly [given: string, key: string, value: unknown]>>;
  /** Values that are refused, by attribute. */
  readonly wrong?: Readonly<Record<string, readonly string[]>>;
  /** The attribute that can be text instead. */
  readonly text?: string;
  /** Attributes that mean nothing and are taken all the same. */
  readonly ignored?: readonly string[];
}

const URL = 'https://site.example/a?b=1&amp;c=2';
const ADDRESS = 'https://site.example/a?b=1&c=2';
const NO_URL = [
  'menu.php',
  'ftp://site.example/',
  'https://',
  'javascript:1',
  'http://a b/',
  'http://[::1',
  'x'.repeat(3000),
];
const NO_LINE = ['x'.repeat(129), 'a&#10;b', 'a&#x85;b'];
const NO_NUMBER = ['x', '1.5', '-1', '1e3', ' 1 0 ', '٣', '0x10', '9999999999'];
const NO_FLAG = ['yes', '1', 'constructor', 'truefalse'];
const NO_KEYS = ['E', '1 2', '+', 'x', '1'.repeat(65)];
const NO_PARTY = ['everybody', 'caller callee', 'true'];
const NO_MAIL = [
  'nobody',
  'a@b@c',
  'A &lt;a@b.example>',
  'a@b.example,c@d.example',
  'a@b&#10;Bcc: c@d',
  `${'a'.repeat(252)}@b.c`,
];
const OF_THIRD_PARTY = ['CallId', 'Party', 'TransferorParty'];

const callId = { CallId: ['3CiHe', 'callId', '3CiHe'] } as const;
const nothing = undefined;

const CASES: Readonly<Record<'routing' | 'third-party' | 'api-extension', Readonly<Record<string, Case>>>> = {
  routing: {
    Route: {
      least: { Destination: '1000' },
      bound: { destination: '1000', ringTime: 90, callerId: nothing, dialedNumber: nothing },
      more: {
        RingTime: ['30', 'ringTime', 30],
        CallerId: ['1442', 'callerId', '1442'],
        DialedNumber: ['234567', 'dialedNumber', '234567'],
      },
      wrong: {
        Destination: NO_LINE,
        RingTime: ['0', '3601', ...NO_NUMBER],
        CallerId: NO_LINE,
        DialedNumber: NO_LINE,
      },
      text: 'Destination',
    },
  },
  'third-party': {
    AttendedTransfer: {
      least: { TargetCallId: 'HL1bE' },
      bound: { targetCallId: 'HL1bE', transferredCallId: nothing },
      more: { TransferredCallId: ['270Okv', 'transferredCallId', '270Okv'] },
      wrong: { TargetCallId: NO_LINE, TransferredCallId: NO_LINE },
      ignored: ['TransferorParty'],
    },
    BlindTransfer: {
      least: { TransferorParty: 'callee', Target: '1001' },
      bound: { callId: nothing, transferorParty: 'callee', target: '1001', finishedUrl: nothing },
      more: { ...callId, FinishedUrl: [URL, 'finishedUrl', ADDRESS] },
      wrong: { TransferorParty: [...NO_PARTY, 'all'], Target: NO_LINE, FinishedUrl: NO_URL },
    },
    Forward: {
      least: { Destination: '500' },
      bound: { callId: nothing, destination: '500' },
      more: callId,
      wrong: { Destination: NO_LINE, CallId: NO_LINE },
    },
    Hangup: { least: {}, bound: { callId: nothing }, more: callId, wrong: { CallId: NO_LINE } },
    Hold: { least: {}, bound: { callId: nothing }, more: callId, wrong: { CallId: NO_LINE } },
    Play: {
      least: { AudioFile: 'hello.wav', Party: 'all' },
      bound: { callId: nothing, audioFile: 'hello.wav', party: 'all', repeat: false },
      more: { ...callId, Repeat: ['True', 'repeat', true] },
      wrong: { AudioFile: ['a&#10;b', 'x'.repeat(2049)], Party: NO_PARTY, Repeat: NO_FLAG },
      text: 'AudioFile',
    },
    Record: {
      least: {},
      bound: { callId: nothing, format: 'mp3', finishedUrl: nothing },
      more: { ...callId, Format: ['WAV', 'format', 'wav'], FinishedUrl: [URL, 'finishedUrl', ADDRESS] },
      wrong: { Format: ['aac', 'toString'], FinishedUrl: NO_URL },
      ignored: ['Duration', 'Inactivity', 'FinishDigits'],
    },
    SendDTMF: {
      least: { Party: 'caller', Keys: '01234#' },
      bound: { callId: nothing, party: 'caller', keys: '01234#' },
      more: callId,
      wrong: { Party: NO_PARTY, Keys: NO_KEYS },
    },
    Speak: {
      least: { Text: 'Good morning', Party: 'callee' },
      bound: { callId: nothing, text: 'Good morning', party: 'callee', language: nothing },
      more: { ...callId, Language: ['en-UK', 'language', 'en-UK'] },
      wrong: { Text: ['x'.repeat(16_385)], Party: NO_PARTY, Language: ['english', 'e', 'en_UK', '../x'] },
      text: 'Text',
    },
    Unhold: { least: {}, bound: { callId: nothing }, more: callId, wrong: { CallId: NO_LINE } },
  },
  'api-extension': {
    BlindTransfer: {
      least: { Target: '1001' },
      bound: { target: '1001' },
      wrong: { Target: NO_LINE },
      text: 'Target',
      ignored: [...OF_THIRD_PARTY, 'FinishedUrl'],
    },
    Call: {
      least: { Dialled: '2310', Url: URL },
      bound: {
        dialed: '2310',
        url: ADDRESS,
        apiExtension: nothing,
        callerId: nothing,
        callerDisplayName: nothing,
        errorUrl: nothing,
      },
      more: {
        ApiExtension: ['9994', 'apiExtension', '9994'],
        CallerId: ['3000', 'callerId', '3000'],
        CallerDisplayName: ['John Smith', 'callerDisplayName', 'John Smith'],
        ErrorUrl: [URL, 'errorUrl', ADDRESS],
      },
      wrong: { Dialled: NO_LINE, Url: NO_URL, ErrorUrl: NO_URL, ApiExtension: NO_LINE },
      text: 'Dialled',
      ignored: OF_THIRD_PARTY,
    },
    Delay: {
      least: { Time: '3' },
      bound: { time: 3 },
      wrong: { Time: ['3601', ...NO_NUMBER] },
      text: 'Time',
      ignored: OF_THIRD_PARTY,
    },
    GoTo: {
      least: { Url: URL },
      bound: { url: ADDRESS },
      wrong: { Url: [...NO_URL, "SELECT text FROM menu WHERE id = '1'"] },
      text: 'Url',
      ignored: OF_THIRD_PARTY,
    },
    Hangup: { least: {}, bound: {}, ignored: OF_THIRD_PARTY },
    Play: {
      least: { AudioFile: 'http://site.example/hello.mp3' },
      bound: { audioFile: 'http://site.example/hello.mp3', repeat: false },
      more: { Repeat: ['true', 'repeat', true] },
      wrong: { AudioFile: ['a&#10;b', 'x'.repeat(2049)], Repeat: NO_FLAG },
      text: 'AudioFile',
      ignored: OF_THIRD_PARTY,
    },
    Record: {
      least: {},
      bound: {
        format: 'mp3',
        finishedUrl: nothing,
        duration: nothing,
        inactivity: nothing,
        finishDigits: nothing,
      },
      more: {
        Format: ['ogg', 'format', 'ogg'],
        FinishedUrl: [URL, 'finishedUrl', ADDRESS],
        Duration: ['60', 'duration', 60],
        Inactivity: ['5', 'inactivity', 5],
        FinishDigits: ['7890*#', 'finishDigits', '7890*#'],
      },
      wrong: {
        Format: ['flac'],
        FinishedUrl: NO_URL,
        Duration: ['0', '14401', ...NO_NUMBER],
        Inactivity: ['0', '3601', ...NO_NUMBER],
        FinishDigits: NO_KEYS,
      },
      ignored: OF_THIRD_PARTY,
    },
    Reject: { least: {}, bound: {}, ignored: OF_THIRD_PARTY },
    SendEmail: {
      least: { Recipient: 'sales@site.example' },
      bound: {
        apiExtension: nothing,
        sender: nothing,
        recipient: 'sales@site.example',
        subject: '',
        message: '',
      },
      more: {
        ApiExtension: ['9994', 'apiExtension', '9994'],
        Sender: ['pbx@site.example', 'sender', 'pbx@site.example'],
        Subject: ['A message', 'subject', 'A message'],
        Message: ['Somebody called.', 'message', 'Somebody called.'],
      },
      wrong: {
        Recipient: NO_MAIL,
        Sender: NO_MAIL,
        Subject: ['a&#13;&#10;Bcc: b@c.example', 'x'.repeat(999)],
      },
      text: 'Message',
      ignored: OF_THIRD_PARTY,
    },
    SendSms: {
      least: { Recipient: '+062554670', Message: 'Good morning!' },
      bound: {
        apiExtension: nothing,
        sender: nothing,
        recipient: '+062554670',
        message: 'Good morning!',
        deliveryReportUrl: nothing,
      },
      more: {
        ApiExtension: ['9994', 'apiExtension', '9994'],
        Sender: ['+061554669', 'sender', '+061554669'],
        DeliveryReportURL: [URL, 'deliveryReportUrl', ADDRESS],
      },
      wrong: { Recipient: NO_LINE, Message: ['x'.repeat(16_385), 'a&#x85;b'], DeliveryReportURL: NO_URL },
      text: 'Message',
      ignored: OF_THIRD_PARTY,
    },
    Speak: {
      least: { Text: 'Good morning' },
      bound: { text: 'Good morning', language: nothing },
      more: { Language: ['pt-BR', 'language', 'pt-BR'] },
      wrong: { Text: ['x'.repeat(16_385)], Language: ['-', 'en-'] },
      text: 'Text',
      ignored: OF_THIRD_PARTY,
    },
    UserInput: {
      least: {},
      bound: {
        repeat: false,
        timeout: 0,
        backKey: nothing,
        digits: 1,
        minDigits: nothing,
        forwardToUrl: nothing,
        initialCommands: [],
        inputs: [],
      },
      more: {
        Repeat: ['true', 'repeat', true],
        Timeout: ['10', 'timeout', 10],
        BackKey: ['*', 'backKey', '*'],
        Digits: ['4', 'digits', 4],
        ForwardToUrl: [URL, 'forwardToUrl', ADDRESS],
      },
      wrong: {
        Repeat: NO_FLAG,
        Timeout: ['3601', ...NO_NUMBER],
        BackKey: NO_KEYS,
        Digits: ['0', '65', ...NO_NUMBER],
        MinDigits: ['0', '2', ...NO_NUMBER],
        ForwardToUrl: NO_URL,
      },
      ignored: OF_THIRD_PARTY,
    },
  },
};

const attributes = (values: Readonly<Record<string, string>>) =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');
const element = (name: string, values: Readonly<Record<string, string>>, text = '') =>
  `<${name}${attributes(values)}>${text}</${name}>`;
const without = (values: Readonly<Record<string, string>>, name: string) =>
  Object.fromEntries(Object.entries(values).filter(([key]) => key !== name));

for (const [set, cases] of Object.entries(CASES) as [keyof typeof CASES, Record<string, Case>][]) {
  for (const [name, { least, bound, more = {}, wrong = {}, text, ignored = [] }] of Object.entries(cases)) {
    describe(`${name} of the set ${set}`, () => {
      const only = (values: Readonly<Record<string, string>>, inside = '', written = name) =>
        run(set, element(written, values, inside)).map(({ ...step }) => {
          // A menu's scope says nothing to compare.
          delete (step as { scope?: unknown }).scope;
          return step;
        });

      it('is taken with the least it needs', () => {
        assert.deepEqual(only(least), [{ name, ...bound }]);
      });

      it('is taken with everything', () => {
        const given = {
          ...least,
          ...Object.fromEntries(Object.entries(more).map(([key, [value]]) => [key, value])),
        };
        const values = Object.fromEntries(Object.values(more).map(([, key, value]) => [key, value]));
        assert.deepEqual(only(given), [{ name, ...bound, ...values }]);
      });

      it('is the same in upper and lower case', () => {
        const turned = (change: (name: string) => string) =>
          only(
            Object.fromEntries(Object.entries(least).map(([key, value]) => [change(key), value])),
            '',
            change(name),
          );
        assert.deepEqual(
          turned((word) => word.toLowerCase()),
          [{ name, ...bound }],
        );
        assert.deepEqual(
          turned((word) => word.toUpperCase()),
          [{ name, ...bound }],
        );
      });

      it('is refused without what it needs', () => {
        for (const key of Object.keys(least)) {
          refusesParameter(set, element(name, without(least, key)), key, name);
          // An empty destination says something.
          if (key !== 'Destination' || name !== 'Route') {
            refusesParameter(set, element(name, { ...least, [key]: ' ' }), key, name);
          }
        }
      });

      it('is the same with an optional parameter empty and without it', () => {
        const empty = Object.fromEntries(Object.keys(more).map((key) => [key, '']));
        assert.deepEqual(only({ ...least, ...empty }), [{ name, ...bound }]);
      });

      it('is refused with values that are none', () => {
        for (const [key, values] of Object.entries(wrong)) {
          for (const value of values)
            refusesParameter(set, element(name, { ...least, [key]: value }), key, name);
        }
      });

      it('is refused with a parameter twice', () => {
        for (const key of [...Object.keys(least), ...Object.keys(more)]) {
          const value = more[key]?.[0] ?? least[key] ?? '';
          const given = { ...least, [key]: value, [key.toLowerCase()]: value };
          // The one that comes second is named.
          refusesParameter(set, element(name, given), key.toLowerCase(), name);
        }
      });

      it('is refused with a parameter it does not have', () => {
        refusesParameter(set, element(name, { ...least, Volume: '5' }), 'Volume', name);
        refusesParameter(set, element(name, { ...least, constructor: '5' }), 'constructor', name);
      });

      it('is taken with what means nothing', () => {
        for (const key of [...ignored, 'xmlns', 'xmlns:x', 'xml:lang']) {
          assert.deepEqual(only({ ...least, [key]: 'http://x/' }), [{ name, ...bound }], key);
        }
      });

      if (text !== undefined) {
        it(`has ${text} as text`, () => {
          const rest = without(least, text);
          const value = least[text] ?? 'Some text';
          const expected = least[text] === undefined ? { ...bound, [text.toLowerCase()]: value } : bound;
          assert.deepEqual(only(rest, `\n  ${value}\n`), [{ name, ...expected }]);
          assert.deepEqual(only(rest, `<![CDATA[${value.replaceAll('&amp;', '&')}]]>`), [
            { name, ...expected },
          ]);
          assert.deepEqual(only({ ...rest, [text]: value }, value), [{ name, ...expected }], 'both the same');
          refusesParameter(set, element(name, { ...rest, [text]: value }, 'other'), text, name);
          for (const bad of wrong[text] ?? []) refusesParameter(set, element(name, rest, bad), text, name);
        });
      } else {
        it('is refused with text', () => {
          refusesParameter(set, element(name, least, 'text'), 'text', name);
        });
      }

      it('is refused with commands inside', () => {
        const inside = set === 'routing' ? '<Route Destination="1"/>' : '<Hangup/>';
        assert.equal(refused(set, response(element(name, least, inside))).code, 303);
        assert.equal(refused(set, response(element(name, least, '<Dance/>'))).code, 301);
      });

      it('is refused in sets that do not have it', () => {
        for (const other of SETS) {
          if (describeCommands(other).some((command) => command.name === name)) continue;
          const error = refused(other, response(element(name, least)));
          assert.deepEqual([error.code, error.command, error.parameter], [303, name, '']);
          assert.equal(error.message, `Command '${name}' cannot be used here`);
        }
      });
    });
  }
}

describe('the tables of commands', () => {
  it('are tested whole', () => {
    const listed = (set: CommandSet) => describeCommands(set).map(({ name }) => name);
    for (const [set, cases] of Object.entries(CASES) as [CommandSet, object][]) {
      const others = set === 'api-extension' ? ['Array', 'ForEach', 'Var'] : [];
      assert.deepEqual([...Object.keys(cases), ...others].sort(), listed(set).sort());
      for (const { name, parameters } of describeCommands(set)) {
        const found = (cases as Record<string, Case>)[name];
        if (!found) continue;
        const known = [
          ...Object.keys(found.least),
          ...Object.keys(found.more ?? {}),
          ...Object.keys(found.wrong ?? {}),
        ];
        for (const parameter of parameters)
          assert.ok(known.includes(parameter.name), `${name} ${parameter.name}`);
      }
    }
    assert.deepEqual(listed('message'), [
      'Array',
      'Call',
      'Delay',
      'ForEach',
      'GoTo',
      'SendEmail',
      'SendSms',
      'Var',
    ]);
  });

  it('say what a form needs to know', () => {
    const record = describeCommands('api-extension').find(({ name }) => name === 'Record');
    assert.deepEqual(record?.parameters[0], {
      name: 'Format',
      aliases: [],
      required: false,
      main: false,
      expects: '"mp3" or "wav" or "ogg"',
      choices: ['mp3', 'wav', 'ogg'],
      fallback: 'mp3',
      mayBeEmpty: false,
    });
    const speak = describeCommands('third-party').find(({ name }) => name === 'Speak');
    assert.deepEqual(
      speak?.parameters.map(({ name, required, main }) => [name, required, main]),
      [
        ['CallId', false, false],
        ['Party', true, false],
        ['Text', true, true],
        ['Language', false, false],
      ],
    );
  });
});

describe('other spellings', () => {
  const first = (set: CommandSet, inside: string) => run(set, inside)[0];

  it('of the documents are taken', () => {
    const call = first('api-extension', `<Call Dialed="2310" Url="${URL}"/>`);
    assert.ok(call?.name === 'Call' && call.dialed === '2310');
    const menu = first('api-extension', `<UserInput enteredUrl="${URL}" digits="4" minDigits="2"/>`);
    assert.ok(
      menu?.name === 'UserInput' &&
        menu.forwardToUrl === ADDRESS &&
        menu.digits === 4 &&
        menu.minDigits === 2,
    );
    const sms = first('message', `<SendSms Recipient="1" DelivaryReportURL="${URL}">x</SendSms>`);
    assert.ok(sms?.name === 'SendSms' && sms.deliveryReportUrl === ADDRESS);
    const transfer = first('third-party', '<BlindTransfer TranferorParty="CALLER" Target="1"/>');
    assert.ok(
      transfer?.name === 'BlindTransfer' &&
        'transferorParty' in transfer &&
        transfer.transferorParty === 'caller',
    );
    const record = first('api-extension', `<Record FinishedURL="${URL}"/>`);
    assert.ok(record?.name === 'Record' && record.finishedUrl === ADDRESS);
  });

  it('count as the same parameter', () => {
    refusesParameter('api-extension', `<Call Dialed="1" Dialled="1" Url="${URL}"/>`, 'Dialled', 'Call');
  });
});

describe('a Route', () => {
  it('without a destination rejects, when it says so', () => {
    const [route] = run('routing', '<Route Destination=""/>');
    assert.equal(route?.destination, '');
    refusesParameter('routing', '<Route></Route>', 'Destination', 'Route');
  });

  it('stands alone', () => {
    assert.equal(refused('routing', response('<Route>1</Route><Route>2</Route>')).code, 303);
  });
});

describe('Reject', () => {
  it('comes first or not at all', () => {
    const taken = parseOzml(response('<Reject/><Speak>Unheard</Speak>'), 'api-extension');
    assert.deepEqual(
      [...steps(taken.commands, Scope.create())].map(({ name }) => name),
      ['Reject', 'Speak'],
    );
    for (const inside of [
      '<Speak>Hello</Speak><Reject/>',
      '<UserInput><InitialCommands><Reject/></InitialCommands></UserInput>',
      '<UserInput><Inputs><Input Key="1"><Reject/></Input></Inputs></UserInput>',
      '<ForEach Source="a"><Reject/></ForEach>',
    ]) {
      const { code, command } = refused('api-extension', response(inside));
      assert.deepEqual([code, command], [303, 'Reject'], inside);
    }
  });
});
