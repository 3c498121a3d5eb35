/** The least a page needs for a call: one microphone, one peer connection, one WebSocket. */
import type { Browser, Page } from 'puppeteer-core';
import { giveStopwatch } from './stopwatch.js';

declare global {
  interface Window {
    bare: {
      open(url: string): Promise<void>;
      /** "Click": resolves with the milliseconds until audio arrives. */
      call(): Promise<number>;
      /** Answers every offer at once from now on. */
      acceptCalls(): void;
      hangUp(): void;
    };
  }
}

type Signal = { offer: string } | { answer: string } | { candidate: RTCIceCandidateInit };

/** Runs in the page: must not refer to anything outside itself. */
function install(): void {
  let socket: WebSocket;
  let pc: RTCPeerConnection | undefined;
  let microphone: MediaStream | undefined;
  let early: RTCIceCandidateInit[] = [];
  const send = (signal: Signal) => socket.send(JSON.stringify(signal));

  async function connection(): Promise<RTCPeerConnection> {
    microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
    const made = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    pc = made;
    made.onicecandidate = ({ candidate }) => candidate && send({ candidate: candidate.toJSON() });
    made.addTrack(microphone.getAudioTracks()[0]!, microphone);
    return made;
  }

  async function takeRemote(description: RTCSessionDescriptionInit): Promise<void> {
    await pc!.setRemoteDescription(description);
    for (const candidate of early.splice(0)) await pc!.addIceCandidate(candidate);
  }

  async function take(signal: Signal): Promise<void> {
    if ('answer' in signal) await takeRemote({ type: 'answer', sdp: signal.answer });
    else if ('candidate' in signal) {
      if (pc?.remoteDescription) await pc.addIceCandidate(signal.candidate);
      else early.push(signal.candidate);
    }
  }

  function hangUp(): void {
    pc?.close();
    pc = undefined;
    early = [];
    for (const track of microphone?.getTracks() ?? []) track.stop();
  }

  window.bare = {
    open: (url) =>
      new Promise((resolve, reject) => {
        socket = new WebSocket(url);
        socket.onopen = () => resolve();
        socket.onerror = () => reject(new Error('no signalling'));
        socket.onmessage = ({ data }) => void take(JSON.parse(data as string) as Signal);
      }),
    async call() {
      const heard = window.stopwatch.untilAudio();
      const made = await connection();
      await made.setLocalDescription();
      send({ offer: made.localDescription!.sdp });
      return heard;
    },
    acceptCalls() {
      socket.onmessage = async ({ data }) => {
        const signal = JSON.parse(data as string) as Signal;
        if (!('offer' in signal)) return take(signal);
        hangUp();
        const made = await connection();
        await takeRemote({ type: 'offer', sdp: signal.offer });
        await made.setLocalDescription();
        send({ answer: made.localDescription!.sdp });
      };
    },
    hangUp,
  };
}

/** Opens a page that signals over the WebSocket at `signalling`. */
export async function openBarePage(browser: Browser, site: string, signalling: string): Promise<Page> {
  const page = await (await browser.createBrowserContext()).newPage();
  await giveStopwatch(page);
  await page.evaluateOnNewDocument(install);
  await page.goto(site);
  await page.evaluate((url) => window.bare.open(url), signalling);
  return page;
}
