import { expect } from '@open-wc/testing';
import { Tones } from '../../src/media/tones.js';
import { HAS_TONES } from '../support/people.js';

/** Listens to everything that goes to a sound output, and counts the outputs that are open. */
const RealContext = AudioContext;
const realConnect = AudioNode.prototype.connect as (target: AudioNode) => AudioNode;
const open = new Set<AudioContext>();
let analyser: AnalyserNode | undefined;

class CountedContext extends RealContext {
  constructor() {
    super();
    open.add(this);
  }
  override close(): Promise<void> {
    open.delete(this);
    return super.close();
  }
}

describe('tones', () => {
  let tones: Tones;

  beforeEach(() => {
    globalThis.AudioContext = CountedContext;
    AudioNode.prototype.connect = function (this: AudioNode, target: AudioNode) {
      if (target instanceof AudioDestinationNode || target instanceof MediaStreamAudioDestinationNode) {
        analyser = new AnalyserNode(this.context, { fftSize: 8192, smoothingTimeConstant: 0 });
        realConnect.call(this, analyser);
      }
      return realConnect.call(this, target);
    } as typeof AudioNode.prototype.connect;
    tones = new Tones();
  });

  afterEach(() => {
    tones.close();
    globalThis.AudioContext = RealContext;
    AudioNode.prototype.connect = realConnect as typeof AudioNode.prototype.connect;
    analyser = undefined;
    expect(open.size, 'sound outputs left open').to.equal(0);
  });

  /** Waits until all these frequencies sound together. */
  async function sounds(...frequencies: number[]): Promise<void> {
    const hertz = analyser!.context.sampleRate / analyser!.fftSize;
    const levels = new Float32Array(analyser!.frequencyBinCount);
    for (;;) {
      analyser!.getFloatFrequencyData(levels);
      if (frequencies.every((frequency) => levels[Math.round(frequency / hertz)]! > -45)) return;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  if (HAS_TONES) {
    it('ringback is 425 Hz', async () => {
      tones.play('ringback');
      await sounds(425);
    });

    it('this phone rings with a chord', async () => {
      tones.play('ringing');
      await sounds(523, 659);
    });

    it('keys are the pairs of ITU-T Q.23', async () => {
      tones.key('5');
      await sounds(770, 1336);
      tones.key('#');
      await sounds(941, 1477);
    });
  }

  it('one at a time, and none holds a sound output when it is over', () => {
    tones.play('ringing');
    tones.play('ringing');
    tones.play('busy');
    expect(open.size).to.equal(1);
    tones.play(null);
    expect(open.size).to.equal(0);
    tones.key('1');
    tones.key('2');
    expect(open.size).to.equal(1);
    tones.key('+');
    tones.key('');
  });

  it('ring as soon as the browser allows it', () => {
    let allowed = false;
    let resumed = 0;
    class Suspended extends CountedContext {
      override get state(): AudioContextState {
        return allowed ? 'running' : 'suspended';
      }
      override resume(): Promise<void> {
        if (allowed) resumed++;
        return allowed ? Promise.resolve() : new Promise(() => {});
      }
    }
    globalThis.AudioContext = Suspended;
    tones.play('ringing');
    expect(resumed).to.equal(0);
    allowed = true;
    document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    expect(resumed).to.equal(1);
    tones.play(null);
    document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    expect(resumed, 'nothing listens afterwards').to.equal(1);
  });

  it('a browser without a sound output stays silent', () => {
    globalThis.AudioContext = class {
      constructor() {
        throw new DOMException('no hardware', 'NotSupportedError');
      }
    } as unknown as typeof AudioContext;
    tones.play('ringing');
    tones.key('1');
    tones.play(null);
  });
});
