import { expect } from '@open-wc/testing';
import { CallMedia } from '../../src/media/index.js';
import type { MediaState } from '../../src/media/index.js';

const RealConnection = RTCPeerConnection;

/** One side of a call without any phone system between. */
class Side {
  readonly candidates: (RTCIceCandidateInit | null)[] = [];
  readonly media: CallMedia;
  state: MediaState = 'idle';
  onCandidate: (candidate: RTCIceCandidateInit | null) => void = (candidate) =>
    void this.candidates.push(candidate);
  #changed = () => {};

  connection!: RTCPeerConnection;

  constructor(trickle: boolean, video: boolean) {
    const opened = (connection: RTCPeerConnection) => (this.connection = connection);
    globalThis.RTCPeerConnection = class extends RealConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        opened(this);
      }
    };
    this.media = new CallMedia(
      { iceServers: [], trickle, video, speaker: '' },
      {
        state: (state) => {
          this.state = state;
          this.#changed();
        },
        candidate: (candidate) => this.onCandidate(candidate),
        blocked: () => {},
      },
    );
    globalThis.RTCPeerConnection = RealConnection;
  }

  async until(state: MediaState): Promise<void> {
    while (this.state !== state) await new Promise<void>((resolve) => (this.#changed = resolve));
  }

  /** The user name of its ICE session, which a restart changes. */
  get fragment(): string {
    return /a=ice-ufrag:(\S+)/.exec(this.media.takeDescription().sdp)![1]!;
  }
}

describe('media of a call', () => {
  let a: Side;
  let b: Side;

  function sides(trickle: boolean, video = true): void {
    a = new Side(trickle, video);
    b = new Side(trickle, video);
  }

  afterEach(() => {
    a.media.close();
    a.media.close();
    b.media.close();
    expect(CallMedia.open).to.equal(0);
  });

  async function agree(): Promise<void> {
    await b.media.receive(a.media.takeDescription());
    await a.media.receive(b.media.takeDescription());
    await Promise.all([a.until('connected'), b.until('connected')]);
  }

  it('without trickle the offer has the candidates, and none follows', async () => {
    sides(false);
    expect(CallMedia.open).to.equal(2);
    await a.media.offer();
    expect(a.media.takeDescription().sdp).to.contain('a=candidate:');
    await agree();
    expect(a.candidates).to.deep.equal([]);
  });

  it('with trickle the offer goes out at once, and candidates follow', async () => {
    sides(true);
    a.onCandidate = (candidate) => b.media.addCandidate(candidate);
    b.onCandidate = (candidate) => a.media.addCandidate(candidate);
    await a.media.offer();
    await agree();
  });

  it('candidates that come before the description wait for it', async () => {
    sides(true);
    await a.media.offer();
    a.onCandidate = (candidate) => b.media.addCandidate(candidate);
    const offer = a.media.takeDescription();
    await new Promise<void>((resolve) => {
      a.onCandidate = (candidate) => {
        b.media.addCandidate(candidate);
        if (!candidate) resolve();
      };
    });
    await b.media.receive({ type: 'offer', sdp: offer.sdp.replace(/a=candidate:.*\r\n/g, '') });
    await a.media.receive(b.media.takeDescription());
    await Promise.all([a.until('connected'), b.until('connected')]);
  });

  it('audio and video are in the first offer, video by VP8 before all others', async () => {
    sides(true);
    await a.media.offer();
    const { sdp } = a.media.takeDescription();
    expect(sdp.match(/^m=(audio|video)/gm)).to.deep.equal(['m=audio', 'm=video']);
    for (const section of sdp.split('m=').slice(1)) expect(section).to.contain('a=sendrecv');
    expect(sdp).to.contain('a=group:BUNDLE');
    const first = /^m=video \S+ \S+ (\d+)/m.exec(sdp)![1]!;
    expect(sdp).to.contain(`a=rtpmap:${first} VP8/90000`);
  });

  it('video that was left out comes with the first picture, and is taken back when it was refused', async () => {
    sides(false, false);
    const sections = (side: Side) => side.media.takeDescription().sdp.match(/^m=\w+ \d+/gm);
    await a.media.offer();
    expect(sections(a)).to.have.length(1);
    await agree();
    const picture = document.createElement('canvas');
    picture.getContext('2d');
    const [track] = picture.captureStream().getVideoTracks();
    await a.media.useCamera(track!);
    await a.media.offer();
    expect(sections(a)![1]).to.match(/^m=video [1-9]/);
    // Refused: nobody answers, the camera is off again, and the next offer is one for sound.
    await a.media.useCamera(null);
    await a.media.offer();
    expect(sections(a)!.slice(1).join()).to.match(/^(m=video 0)?$/);
    await agree();
    // And once more, to one who takes it.
    await a.media.useCamera(track!);
    await a.media.offer();
    await agree();
    expect(sections(b)!.at(-1)).to.match(/^m=video [1-9]/);
    expect(b.media.picture?.getVideoTracks()).to.have.length(1);
    track!.stop();
  });

  it('who refused a picture may offer one later', async () => {
    sides(false, false);
    await a.media.offer();
    await agree();
    const [one, other] = [0, 1].map(() => {
      const picture = document.createElement('canvas');
      picture.getContext('2d');
      return picture.captureStream().getVideoTracks()[0]!;
    });
    await a.media.useCamera(one!);
    await a.media.offer();
    await b.media.receive(a.media.takeDescription());
    const { type, sdp } = b.media.takeDescription();
    await a.media.receive({ type, sdp: sdp.replace(/^m=video \d+/m, 'm=video 0') });
    const refused = a.media.picture;
    await b.media.useCamera(other!);
    await b.media.offer();
    await a.media.receive(b.media.takeDescription());
    expect(a.media.takeDescription().sdp).to.match(/^m=video [1-9]/m);
    expect(a.media.picture).not.to.equal(refused);
    await b.media.receive(a.media.takeDescription());
    one!.stop();
    other!.stop();
  });

  it('a new offer restarts ICE, from either side, and the call goes on', async () => {
    sides(false);
    await a.media.offer();
    await agree();
    const before = a.fragment;
    await a.media.offer(true);
    expect(a.fragment).to.not.equal(before);
    await agree();
    await b.media.offer(true);
    await a.media.receive(b.media.takeDescription());
    await b.media.receive(a.media.takeDescription());
    await Promise.all([a.until('connected'), b.until('connected')]);
  });

  it('early media is an answer before the answer', async () => {
    sides(false);
    await a.media.offer();
    await b.media.receive(a.media.takeDescription());
    const { sdp } = b.media.takeDescription();
    // Firefox has none: there the answer alone connects.
    if (await a.media.receive({ type: 'pranswer', sdp })) await a.until('connected');
    else expect(navigator.userAgent).to.contain('Firefox');
    await a.media.receive({ type: 'answer', sdp });
    await a.until('connected');
  });

  it('a description that is none is refused', async () => {
    sides(true);
    await a.media.offer();
    let refused = false;
    await a.media.receive({ type: 'answer', sdp: 'v=0\r\nnonsense' }).catch(() => (refused = true));
    expect(refused).to.equal(true);
  });

  it('holding and going on at once leaves the camera on', async () => {
    sides(false);
    const canvas = document.createElement('canvas');
    canvas.getContext('2d');
    const [track] = canvas.captureStream(5).getTracks();
    await a.media.offer();
    await agree();
    const sent = () => a.connection.getSenders().find(({ track }) => track?.kind === 'video')?.track ?? null;
    await a.media.useCamera(track!);
    expect(sent()).to.equal(track);
    a.media.setHeld(true);
    await a.media.useCamera(track!);
    expect(sent()).to.equal(null);
    a.media.setHeld(false);
    a.media.setHeld(true);
    a.media.setHeld(false);
    await a.media.useCamera(track!);
    expect(sent()).to.equal(track);
    track!.stop();
  });
});
