import { expect } from '@open-wc/testing';
import { CallMedia } from '../../src/media/index.js';

describe('media of a call', () => {
  it('connects two peer connections', async () => {
    const connected: string[] = [];
    const options = { iceServers: [], trickle: false, speaker: '' };
    let done!: () => void;
    const both = new Promise<void>((resolve) => (done = resolve));
    const observer = (name: string) => ({
      state: (state: string) => {
        if (state === 'connected' && connected.push(name) === 2) done();
      },
      candidate: () => {},
      blocked: () => {},
    });
    const a = new CallMedia(options, observer('a'));
    const b = new CallMedia(options, observer('b'));
    expect(CallMedia.open).to.equal(2);
    await a.offer();
    await b.receive(a.takeDescription());
    await a.receive(b.takeDescription());
    await both;
    a.close();
    b.close();
    expect(CallMedia.open).to.equal(0);
  });
});
