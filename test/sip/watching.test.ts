/** What a SIP server tells of others: calls of extensions, who is there, voice messages. No media are needed for it. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { SignalingEvent } from '../../src/signaling/port.js';
import { SipSignaling } from '../../src/signaling/sip/sip-signaling.js';
import { provideWebSocket } from '../support/gateway-stand-in.js';
import { DOMAIN, PASSWORD, SipLab } from '../support/sip-lab.js';
import { until } from '../support/until.js';

provideWebSocket();

const SDP = [
  ...['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111'],
  ...['c=IN IP4 0.0.0.0', 'a=ice-ufrag:aaaa', 'a=ice-pwd:0123456789012345678901', 'a=sendrecv'],
  ...[`a=fingerprint:sha-256 ${Array(32).fill('AB').join(':')}`, 'a=setup:actpass', ''],
].join('\r\n');

describe('a SIP server tells', () => {
  let lab: SipLab;
  let ports: SipSignaling[] = [];

  before(async () => {
    lab = await SipLab.start();
  });
  after(() => lab?.stop());
  afterEach(async () => {
    await Promise.all(ports.map((port) => port.close()));
    ports = [];
  });

  async function signedIn(number: string): Promise<{ port: SipSignaling; events: SignalingEvent[] }> {
    const port = new SipSignaling(lab.server);
    const events: SignalingEvent[] = [];
    port.listen((event) => events.push(event));
    ports.push(port);
    await port.open({ kind: 'password', extension: `${number}@${DOMAIN}`, password: PASSWORD });
    return { port, events };
  }

  const lampOf = (events: readonly SignalingEvent[], id: string) =>
    events
      .flatMap((event) => (event.type === 'extension' && event.extension.id === id ? [event.extension] : []))
      .at(-1)?.status;

  test('what extensions are doing, and their calls as sessions: each call once', async () => {
    const watcher = await signedIn('109');
    const [alice, bob] = [await signedIn('101'), await signedIn('102')];
    for (const id of ['101', '102']) watcher.port.watchExtension(id);
    await until(() => lampOf(watcher.events, '101') === 'idle' && lampOf(watcher.events, '102') === 'idle');

    await alice.port.startCall({ callId: 'a', to: '102', offer: { type: 'offer', sdp: SDP }, video: false });
    await until(() => lampOf(watcher.events, '102') === 'ringing');
    const rings = bob.events.find((event) => event.type === 'call')!;
    await bob.port.accept(rings.call.id, { type: 'answer', sdp: SDP }, false);
    await until(() => lampOf(watcher.events, '101') === 'busy' && lampOf(watcher.events, '102') === 'busy');
    const sessions = () => watcher.events.filter((event) => event.type === 'session');
    await until(() => sessions().at(-1)?.session.state === 'InCall');
    const { session } = sessions().at(-1)!;
    assert.deepEqual([session.caller, session.callee, session.direction], ['101', '102', 'Internal']);
    assert.equal(new Set(sessions().map((event) => event.session.id)).size, 1);

    await alice.port.act('a', { type: 'hangup' });
    await until(() => lampOf(watcher.events, '101') === 'idle' && lampOf(watcher.events, '102') === 'idle');
    await until(() => sessions().at(-1)!.closed);
  });

  test('whether somebody is there', async () => {
    const { port, events } = await signedIn('109');
    const presence = (basic: string) =>
      lab.publish(
        '105',
        'presence',
        'application/pidf+xml',
        `<?xml version="1.0"?><presence xmlns="urn:ietf:params:xml:ns:pidf" entity="sip:105@${DOMAIN}"><tuple id="a"><status><basic>${basic}</basic></status></tuple></presence>`,
      );
    port.watchExtension('105');
    await until(() => lampOf(events, '105') === 'idle');
    await presence('closed');
    await until(() => lampOf(events, '105') === 'offline');
  });

  test('of voice messages, once somebody asks', async () => {
    const { port, events } = await signedIn('106');
    const summary = (waiting: string, count: string) =>
      lab.publish(
        '106',
        'message-summary',
        'application/simple-message-summary',
        `Messages-Waiting: ${waiting}\r\nMessage-Account: sip:*97@${DOMAIN}\r\nVoice-Message: ${count} (0/0)\r\n`,
      );
    const latest = () => events.filter((event) => event.type === 'voicemail').at(-1)?.voicemail;
    await summary('yes', '3/1');
    assert.equal(latest(), undefined);
    port.watchVoicemail();
    await until(() => latest() !== undefined);
    assert.deepEqual(latest(), { waiting: true, fresh: 3, old: 1, number: '*97' });
    await summary('no', '0/4');
    await until(() => latest()?.waiting === false);
  });
});
