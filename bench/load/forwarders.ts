/** What carries the sound of one party to the other: the phone system's media engine, or werift with nothing around it. */
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters } from 'werift';
import type { MediaEngine, MediaLeg } from '../../src/pbx/media/engine.js';

/** Answers the offer of one party of a pair; both are bridged as soon as both are there. */
export type Forwarder = (offer: string, pair: number) => Promise<string>;

export function engineForwarder(engine: MediaEngine): Forwarder {
  const alone = new Map<number, MediaLeg>();
  return async (offer, pair) => {
    const leg = await engine.answer(offer, { connected() {}, failed() {}, digit() {} });
    const other = alone.get(pair);
    if (other) {
      leg.listenTo('audio', other.output);
      other.listenTo('audio', leg.output);
    } else alone.set(pair, leg);
    return leg.answer;
  };
}

export function newConnection(): RTCPeerConnection {
  const opus = new RTCRtpCodecParameters({ mimeType: 'audio/opus', clockRate: 48_000, channels: 2 });
  return new RTCPeerConnection({
    codecs: { audio: [opus], video: [] },
    iceServers: [],
    iceAdditionalHostAddresses: ['127.0.0.1'],
    bundlePolicy: 'max-bundle',
  });
}

export function weriftForwarder(): Forwarder {
  const tracks = new Map<number, MediaStreamTrack>();
  return async (offer, pair) => {
    const pc = newConnection();
    const out = new MediaStreamTrack({ kind: 'audio' });
    const toOther = (track: MediaStreamTrack) => {
      track.onReceiveRtp.subscribe((packet) => tracks.get(mine ^ 1)?.writeRtp(packet));
    };
    const mine = tracks.has(pair * 2) ? pair * 2 + 1 : pair * 2;
    tracks.set(mine, out);
    pc.onRemoteTransceiverAdded.subscribe((transceiver) => {
      transceiver.setDirection('sendrecv');
      void transceiver.sender.replaceTrack(out);
      transceiver.onTrack.subscribe(toOther);
    });
    await pc.setRemoteDescription({ type: 'offer', sdp: offer });
    await pc.setLocalDescription(await pc.createAnswer());
    return pc.localDescription!.sdp;
  };
}
