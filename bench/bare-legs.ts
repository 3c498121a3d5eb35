/** What a bare page calls: werift as its documentation sets it up, or the phone system's media engine. Both echo. */
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters } from 'werift';
import type { MediaEngine } from '../src/pbx/media/engine.js';

/** Answers one offer; `end` frees what was made for it. */
export type AnswerLeg = (offer: string) => Promise<{ answer: string; end: () => Promise<void> }>;

/** The library alone. */
export const weriftLeg: AnswerLeg = async (offer) => {
  const opus = new RTCRtpCodecParameters({ mimeType: 'audio/opus', clockRate: 48_000, channels: 2 });
  const pc = new RTCPeerConnection({
    codecs: { audio: [opus], video: [] },
    iceServers: [],
    iceAdditionalHostAddresses: ['127.0.0.1'],
    bundlePolicy: 'max-bundle',
  });
  const echo = new MediaStreamTrack({ kind: 'audio' });
  pc.onRemoteTransceiverAdded.subscribe((transceiver) => {
    transceiver.setDirection('sendrecv');
    void transceiver.sender.replaceTrack(echo);
    transceiver.onTrack.subscribe((track) => {
      track.onReceiveRtp.subscribe((packet) => echo.writeRtp(packet));
    });
  });
  await pc.setRemoteDescription({ type: 'offer', sdp: offer });
  await pc.setLocalDescription(await pc.createAnswer());
  return { answer: pc.localDescription!.sdp, end: () => pc.close() };
};

/** A leg of the media engine, without anything of the phone system around it. */
export function engineLeg(engine: MediaEngine): AnswerLeg {
  return async (offer) => {
    const leg = await engine.answer(offer, { connected() {}, failed() {}, digit() {} });
    leg.listenTo('audio', leg.output);
    return { answer: leg.answer, end: () => leg.close() };
  };
}
