import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProtocolError } from '../../../src/protocol/index.js';
import { writeAnswer } from '../../../src/pbx/media/werift/answer.js';
import { readOffer, vettedSdp, type Offer } from '../../../src/pbx/media/werift/offer.js';

const FINGERPRINT = `sha-256 ${Array<string>(32).fill('AB').join(':')}`;

function audio(mid = '0', more: string[] = []): string[] {
  return [
    'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 110 126',
    'c=IN IP4 0.0.0.0',
    'a=rtcp:9 IN IP4 0.0.0.0',
    'a=ice-ufrag:Vq9s',
    'a=ice-pwd:pJ1JcV0RZrEgv1mCkEW8lq8w',
    `a=fingerprint:${FINGERPRINT}`,
    'a=setup:actpass',
    `a=mid:${mid}`,
    'a=sendrecv',
    'a=rtcp-mux',
    'a=rtpmap:111 opus/48000/2',
    'a=rtcp-fb:111 transport-cc',
    'a=fmtp:111 minptime=10;useinbandfec=1',
    'a=rtpmap:63 red/48000/2',
    'a=rtpmap:110 telephone-event/48000',
    'a=rtpmap:126 telephone-event/8000',
    'a=ssrc:1001 cname:x',
    ...more,
  ];
}

function video(mid = '1', more: string[] = []): string[] {
  return [
    'm=video 9 UDP/TLS/RTP/SAVPF 96 97 102',
    'a=ice-ufrag:Vq9s',
    'a=ice-pwd:pJ1JcV0RZrEgv1mCkEW8lq8w',
    `a=mid:${mid}`,
    'a=rtcp-mux',
    'a=rtpmap:96 VP8/90000',
    'a=rtcp-fb:96 goog-remb',
    'a=rtcp-fb:96 nack',
    'a=rtcp-fb:96 nack pli',
    'a=rtpmap:97 rtx/90000',
    'a=rtpmap:102 H264/90000',
    'a=ssrc-group:FID 2002 2003',
    'a=ssrc:2003 cname:x',
    'a=ssrc:2002 cname:x',
    ...more,
  ];
}

function sdp(sections: string[][], bundle = 'BUNDLE 0 1'): string {
  const session = ['v=0', 'o=- 4 2 IN IP4 127.0.0.1', 's=-', 't=0 0', `a=group:${bundle}`];
  return `${[...session, ...sections.flat()].join('\r\n')}\r\n`;
}

const LOCAL = {
  usernameFragment: 'ours',
  password: 'our-password-of-22-chars',
  fingerprint: FINGERPRINT,
  candidates: ['candidate:1 1 udp 1 127.0.0.1 5000 typ host'],
  ssrcs: { audio: 1, video: 2 },
  cname: 'cname',
} as const;

function answer(offer: Offer): string {
  return writeAnswer(offer, LOCAL, { id: '7', version: 1 });
}

function accepted(text: string): boolean[] {
  return readOffer(text).sections.map((section) => section.accepted);
}

describe('reading an offer', () => {
  it('takes Opus, events and VP8, and nothing else', () => {
    const [first, second] = readOffer(sdp([audio(), video()])).sections;
    assert.ok(first?.accepted && second?.accepted);
    assert.deepEqual(
      first.codecs.map(({ name, payloadType, clockRate }) => `${payloadType} ${name}/${clockRate}`),
      ['111 opus/48000', '110 telephone-event/48000'],
    );
    assert.deepEqual(second.codecs, [
      { name: 'VP8', payloadType: 96, clockRate: 90_000, feedback: ['nack', 'nack pli'] },
    ]);
    assert.deepEqual([first.ssrc, second.ssrc], [1001, 2002]);
  });

  it('takes events at another clock rate than that of the sound where there are no others', () => {
    const text = sdp([audio()]).replace('a=rtpmap:110 telephone-event/48000\r\n', '');
    const [first] = readOffer(text).sections;
    assert.ok(first?.accepted);
    assert.deepEqual(
      first.codecs.map(({ payloadType }) => payloadType),
      [111, 126],
    );
  });

  it('takes an offer of audio alone', () => {
    assert.deepEqual(accepted(sdp([audio()], 'BUNDLE 0')), [true]);
  });

  it('gives werift neither unknown attributes nor candidates of no use', () => {
    const text = vettedSdp(
      readOffer(
        sdp([
          audio('0', [
            'a=candidate:1 1 udp 1 192.0.2.7 5000 typ host generation 0',
            'a=candidate:2 1 udp 1 x.local 5000 typ host',
            'a=end-of-candidates',
            'a=rid:h send',
            'a=ice-lite',
            'a=inactive',
          ]),
        ]),
      ),
    );
    assert.deepEqual(
      text.split('\r\n').filter((line) => /candidate|rid|lite|inactive|red|crypto/.test(line)),
      ['a=candidate:1 1 udp 1 192.0.2.7 5000 typ host'],
    );
  });

  it('rejects sections it cannot use, in their place', () => {
    const data = ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'a=mid:2', 'a=sctp-port:5000'];
    const text = sdp([data, audio(), audio('3'), video()], 'BUNDLE 2 0 3 1');
    assert.deepEqual(accepted(text), [false, true, false, true]);
    const lines = answer(readOffer(text)).split('\r\n');
    assert.deepEqual(
      lines.filter((line) => /^m=|^a=mid|^a=group/.test(line)),
      [
        'a=group:BUNDLE 0 1',
        'm=application 0 UDP/DTLS/SCTP webrtc-datachannel',
        'a=mid:2',
        'm=audio 9 UDP/TLS/RTP/SAVPF 111 110',
        'a=mid:0',
        'm=audio 0 UDP/TLS/RTP/SAVPF 111 63 9 0 110 126',
        'a=mid:3',
        'm=video 9 UDP/TLS/RTP/SAVPF 96',
        'a=mid:1',
      ],
    );
  });

  it('rejects video that does not share the connection of the audio', () => {
    assert.deepEqual(accepted(sdp([audio(), video()], 'BUNDLE 0')), [true, false]);
  });

  it('answers each direction with its counterpart', () => {
    for (const [offered, answered] of [
      ['sendonly', 'recvonly'],
      ['recvonly', 'sendonly'],
      ['inactive', 'inactive'],
      ['sendrecv', 'sendrecv'],
    ]) {
      const lines = audio().map((line) => (line === 'a=sendrecv' ? `a=${offered}` : line));
      assert.match(answer(readOffer(sdp([lines], 'BUNDLE 0'))), new RegExp(`^a=${answered}\r$`, 'm'));
    }
  });

  it('holds the candidates once, in the first section that is used', () => {
    const text = answer(readOffer(sdp([audio(), video()])));
    assert.equal(text.match(/a=candidate:/g)!.length, 1);
    assert.ok(text.indexOf('a=candidate:') < text.indexOf('m=video'));
  });

  const without = (start: string) => sdp([audio().filter((line) => !line.startsWith(start))], 'BUNDLE 0');
  const junk: [string, string, RegExp][] = [
    ['nothing', '', /v=0/],
    ['text', 'hello', /v=0/],
    ['no section', 'v=0\r\no=-\r\n', /no media section/],
    ['too much text', `v=0\r\n${'a=x\r\n'.repeat(20_000)}`, /longer than/],
    [
      'too many sections',
      sdp(Array.from({ length: 500 }, (_, mid) => ['m=audio 9 X 1', `a=mid:${mid}`])),
      /more than 16/,
    ],
    ['codecs it does not know', sdp([audio().map((line) => line.replace('opus', 'speex'))]), /neither Opus/],
    ['no ICE password', without('a=ice-pwd'), /ICE/],
    ['no fingerprint', without('a=fingerprint'), /fingerprint/],
    ['a weak fingerprint', sdp([audio().map((l) => l.replace(/sha-256/, 'sha-1'))]), /fingerprint/],
    ['no DTLS role', without('a=setup'), /DTLS role/],
    [
      'a party that waits for the handshake',
      sdp([audio().map((l) => l.replace('actpass', 'passive'))]),
      /DTLS role/,
    ],
    ['no multiplexing', without('a=rtcp-mux'), /neither Opus/],
    ['one mid twice', sdp([audio('0'), video('0')]), /same mid/],
    ['a mid that is no token', sdp([audio('0 a=x')]), /mid/],
    ['a broken media line', sdp([['m=audio']]), /cannot be read/],
  ];
  for (const [what, text, message] of junk) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => readOffer(text),
        (error) =>
          error instanceof ProtocolError && error.reason === 'media-failed' && message.test(error.message),
      );
    });
  }

  it('survives an offer cut off anywhere', () => {
    const text = sdp([audio(), video()]);
    for (let length = 0; length < text.length; length += 7) {
      try {
        answer(readOffer(text.slice(0, length)));
      } catch (error) {
        assert.ok(error instanceof ProtocolError, String(error));
      }
    }
  });
});
