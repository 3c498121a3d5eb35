/** Media for phones in tests without a browser: everything works at once, and nothing is heard. */
import type { CallMediaPort, Camera, InCallMedia, MediaPort } from '../../src/media/port.js';

export class SilentMedia implements MediaPort {
  /** Calls whose media is open. */
  openCalls = 0;
  /** The tone that sounds now. */
  tone: string | null = null;

  readonly microphone = {
    constraints: {},
    attach: () => Promise.resolve(),
    detach: () => {},
    choose: () => Promise.resolve(),
    reopen: () => Promise.resolve(),
  };
  readonly tones = {
    play: (name: string | null) => void (this.tone = name),
    key: () => {},
    close: () => {},
  };

  openCall(): CallMediaPort {
    this.openCalls++;
    return {
      picture: null,
      dtmf: null,
      offer: () => Promise.resolve(),
      takeDescription: () => ({ type: 'offer', sdp: 'v=0' }),
      receive: () => Promise.resolve(true),
      addCandidate: () => {},
      useMicrophone: () => {},
      useCamera: () => Promise.resolve(),
      setMuted: () => {},
      setHeld: () => {},
      setSpeaker: () => Promise.resolve(),
      play: () => Promise.resolve(),
      getStats: () => Promise.reject(new Error('no statistics')),
      close: () => void this.openCalls--,
    };
  }

  microphoneAllowed(): Promise<boolean> {
    return Promise.resolve(true);
  }

  camera(): Promise<Camera> {
    return Promise.reject(new Error('no camera'));
  }

  useCamera(): void {}

  checks(): Promise<never> {
    return Promise.reject(new Error('no devices to check'));
  }

  inCall(): Promise<InCallMedia> {
    return Promise.resolve({ watchQuality: () => () => {}, watchDevices: () => () => {} });
  }

  close(): void {}
}
