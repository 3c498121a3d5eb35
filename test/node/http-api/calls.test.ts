/** The commands for calls: what reaches the phone system of them, and what comes back. The calls are not real. */
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createApp } from '../../../src/pbx/http/app.js';
import { serveHttpApi } from '../../../src/pbx/http-api/index.js';
import type { ActiveCall, CallCommands } from '../../../src/pbx/http-api/index.js';
import { COMMANDS } from '../../../src/pbx/http-api/table.js';
import { demoSettings, startPhoneSystem } from '../../../src/pbx/index.js';
import type { RunningPhoneSystem } from '../../../src/pbx/index.js';
import { createLog } from '../../../src/pbx/log.js';
import { Failure, FAILURE } from '../../../src/pbx/scripts/index.js';
import { plain, send } from './api-client.js';

const ports = { port: 0, gatewayPort: 0, apiPort: 0 };
const ACTIVE: ActiveCall = {
  ...{ callId: 'c1', callState: 'InCall', source: '1001', callerId: 'Front & desk', destination: '1002' },
  ...{ startedAt: new Date(2026, 0, 31, 8, 5, 9, 70).getTime(), ringMs: 2999, talkMs: 61_000 },
};

let system: RunningPhoneSystem;
let app: ReturnType<typeof createApp>;
let api: { apiUrl: string };
/** What was asked for, and what the next command is answered with. */
let asked: [command: string, values: unknown][] = [];
let failure: Failure | null = null;

const calls = new Proxy({} as CallCommands, {
  get: (_target, name: string) => (values: unknown) => {
    if (name === 'activeCalls') return [ACTIVE];
    asked.push([name, values]);
    return failure ? Promise.reject(failure) : Promise.resolve({ callId: 'c9' });
  },
});

before(async () => {
  system = await startPhoneSystem({ ...demoSettings(), ...ports, logLevel: 'silent' });
  app = createApp({ log: createLog('silent'), tls: null });
  serveHttpApi(app, {
    settings: () => system.settings,
    phoneSystem: () => system.phoneSystem,
    calls: () => calls,
    log: createLog('silent'),
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  api = { apiUrl: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}` };
});
after(async () => {
  await app.close();
  await system.close();
});
beforeEach(() => {
  asked = [];
  failure = null;
});

const URL_ = 'http://site.example/a?b=c';

describe('a command for calls', () => {
  const rows: [request: Record<string, string>, method: string, values: object][] = [
    [
      { Command: 'Call', Dialed: '1001', ApiExtension: '9999', Url: URL_ },
      'call',
      {
        ...{ dialed: '1001', apiExtension: '9999', callerId: '9999', callerDisplayName: '9999' },
        ...{ url: URL_, errorUrl: undefined },
      },
    ],
    [
      {
        ...{ Command: 'Call', Dialled: '1001', Url: '', CallerId: '+361', CallerDisplayName: 'Office' },
        ...{ ErrorUrl: URL_ },
      },
      'call',
      {
        ...{ dialed: '1001', apiExtension: '9999', callerId: '+361', callerDisplayName: 'Office' },
        ...{ url: '', errorUrl: URL_ },
      },
    ],
    [
      { Command: 'SetupCall', Caller: '1001', Callee: '1002' },
      'setupCall',
      { caller: '1001', callee: '1002', errorUrl: undefined },
    ],
    [
      { Command: 'AttendedTransfer', TransferredCallId: 'c1', TargetCallId: 'c2' },
      'attendedTransfer',
      { transferredCallId: 'c1', targetCallId: 'c2' },
    ],
    [
      { Command: 'BlindTransfer', CallId: 'c1', TranferorParty: 'CALLER', Target: '1003' },
      'blindTransfer',
      { callId: 'c1', transferorParty: 'caller', target: '1003' },
    ],
    [
      { Command: 'Forward', CallId: 'c1', Destination: '1003' },
      'forward',
      { callId: 'c1', destination: '1003' },
    ],
    [{ command: 'hangup', callid: 'c1' }, 'hangup', { callId: 'c1' }],
    [{ Command: 'Hold', CallId: 'c1' }, 'hold', { callId: 'c1' }],
    [{ Command: 'Unhold', CallId: 'c1' }, 'unhold', { callId: 'c1' }],
    [
      { Command: 'Play', CallId: 'c1', Party: 'all', AudioFile: 'a/b.mp3', Repeat: 'True' },
      'play',
      { callId: 'c1', party: 'all', audioFile: 'a/b.mp3', repeat: true },
    ],
    [
      { Command: 'Record', CallId: 'c1', FinishedUrl: URL_ },
      'record',
      { callId: 'c1', format: 'mp3', finishedUrl: URL_ },
    ],
    [
      { Command: 'SendDTMF', CallId: 'c1', Party: 'callee', Keys: '01234#' },
      'sendDtmf',
      { callId: 'c1', party: 'callee', keys: '01234#' },
    ],
    [
      { Command: 'Speak', CallId: 'c1', Party: 'caller', Text: 'Hello & good-bye', Language: 'en-UK' },
      'speak',
      { callId: 'c1', party: 'caller', text: 'Hello & good-bye', language: 'en-UK' },
    ],
  ];
  for (const [request, method, values] of rows) {
    it(`reaches the phone system with its values: ${Object.values(request)[0]} → ${method}`, async () => {
      const { code, all } = await send(api, request, { post: true });
      assert.equal(code, 200);
      assert.deepEqual(asked, [[method, values]]);
      assert.deepEqual(all('CallId'), method === 'call' || method === 'setupCall' ? ['c9'] : []);
    });
  }

  it('is checked before anything happens', async () => {
    for (const [request, parameter] of [
      [{ Command: 'Call', Url: URL_ }, 'Dialed'],
      [{ Command: 'Call', Dialed: '1001' }, 'Url'],
      [{ Command: 'Call', Dialed: '1001', Dialled: '1001', Url: URL_ }, 'Dialed'],
      [{ Command: 'Call', Dialed: '1001', Url: 'javascript:alert(1)' }, 'Url'],
      [{ Command: 'SetupCall', Caller: '1001' }, 'Callee'],
      [{ Command: 'AttendedTransfer', TransferredCallId: 'c1' }, 'TargetCallId'],
      [{ Command: 'BlindTransfer', CallId: 'c1', Target: '1003', TransferorParty: 'all' }, 'TransferorParty'],
      [{ Command: 'Forward', CallId: 'c1', Destination: '1 2' }, 'Destination'],
      [{ Command: 'Hangup' }, 'CallId'],
      [{ Command: 'Play', CallId: 'c1', Party: 'all' }, 'AudioFile'],
      [{ Command: 'Play', CallId: 'c1', Party: 'all', AudioFile: 'a', Repeat: 'often' }, 'Repeat'],
      [{ Command: 'Record', CallId: 'c1', Format: 'aiff' }, 'Format'],
      [{ Command: 'SendDTMF', CallId: 'c1', Party: 'caller', Keys: '12x' }, 'Keys'],
      [{ Command: 'Speak', CallId: 'c1', Party: 'caller', Text: 'x'.repeat(16_385) }, 'Text'],
    ] as const) {
      const { code, message } = await send(api, request as Record<string, string>, { post: true });
      assert.deepEqual(
        [code, message],
        [302, `Missing or invalid parameter '${parameter}' for command '${request.Command}'`],
      );
    }
    assert.deepEqual(asked, []);
  });

  it('that fails says why by its code', async () => {
    failure = new Failure(FAILURE.callNotFound, "Call not found with ID 'c1'");
    const answer = await send(api, { Command: 'Hold', CallId: 'c1' });
    assert.deepEqual([answer.code, answer.message], [601, "Call not found with ID 'c1'"]);
  });

  it('is noted with its call', async () => {
    await send(api, { Command: 'Hold', CallId: 'c7' });
    const { id: _id, at: _at, ...entry } = system.phoneSystem.journal.since('').at(-1)!;
    assert.deepEqual(entry, { type: 'command', name: 'Hold', code: 200, problem: undefined, callId: 'c7' });
  });

  it('in the name of an API extension that is not there is 401', async () => {
    const { code, message } = await send(api, {
      ...{ Command: 'Call', Dialed: '1001', ApiExtension: '9000', Url: URL_ },
    });
    assert.deepEqual(
      [code, message],
      [401, "API extension '9000' unavailable, please check configuration or permissions"],
    );
    assert.deepEqual(asked, []);
  });

  it('finds no call where there is none', async () => {
    for (const { name, right, codes } of COMMANDS) {
      if (right !== 'control') continue;
      const { code } = await send(system, {
        ...{ Command: name, CallId: 'c1', Party: 'all', Keys: '1', Text: 'x', AudioFile: 'x.wav' },
        ...{ TransferorParty: 'caller', Target: '1003', Destination: '1003' },
        ...{ TransferredCallId: 'c1', TargetCallId: 'c2' },
      });
      assert.equal(code, 601, name);
      assert.ok(codes.includes(601), name);
    }
  });

  it('is not carried out by asking for the head of its answer', async () => {
    const response = await fetch(`${api.apiUrl}/?Command=Hold&CallId=c1`, { method: 'HEAD' });
    assert.equal(response.status, 404);
    assert.deepEqual(asked, []);
  });
});

describe('ListActiveCalls', () => {
  it('shows what goes on, with times as documented', async () => {
    const { code, root } = await send(api, { Command: 'ListActiveCalls' });
    assert.equal(code, 200);
    const { ActiveCalls } = plain(root.children.at(-1)!) as { ActiveCalls: { CallInfo: object[] }[] };
    const fields = Object.assign({}, ...ActiveCalls[0]!.CallInfo) as Record<string, string>;
    assert.match(fields.StartTime ?? '', /^2026-01-31T08:05:09\.0700[+-]\d{2}:\d{2}$/);
    assert.equal(Date.parse(fields.StartTime ?? ''), ACTIVE.startedAt);
    assert.deepEqual(
      { ...fields, StartTime: '' },
      {
        ...{ CallState: 'InCall', CallId: 'c1', Source: '1001', CallerId: 'Front & desk' },
        ...{ Destination: '1002', StartTime: '', RingDuration: '2', TalkDuration: '61' },
      },
    );
  });
});
