/** What simulated faults do with messages. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { delayed, doubled, lost, swapped } from '../../../src/signaling/faults/handlings.js';
import type { Handling } from '../../../src/signaling/faults/tap.js';
import { putBetween } from '../../../src/signaling/faults/wire.js';

describe('a network with faults', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  function arrivals(handling: Handling, count: number): number[] {
    const arrived: number[] = [];
    for (let message = 1; message <= count; message++) handling.take(() => arrived.push(message));
    return arrived;
  }

  it('loses messages, or has them arrive twice', () => {
    assert.deepEqual(arrivals(lost, 2), []);
    assert.deepEqual(arrivals(doubled, 2), [1, 1, 2, 2]);
  });

  it('has them arrive later, in order', () => {
    const arrived = arrivals(delayed(2000), 3);
    mock.timers.tick(1999);
    assert.deepEqual(arrived, []);
    mock.timers.tick(1);
    assert.deepEqual(arrived, [1, 2, 3]);
  });

  it('hands on what waits when it is over, in order, and once', () => {
    for (const [handling, order] of [
      [delayed(2000), [1, 2, 3]],
      [swapped(), [2, 1, 3]],
    ] as const) {
      const arrived = arrivals(handling, 3);
      handling.release!();
      assert.deepEqual(arrived, order);
      mock.timers.tick(2000);
      assert.deepEqual(arrived, order);
    }
  });

  it('changes the order of two, and keeps none for itself', () => {
    const arrived = arrivals(swapped(), 3);
    assert.deepEqual(arrived, [2, 1]);
    mock.timers.tick(300);
    assert.deepEqual(arrived, [2, 1, 3]);
  });

  it('also of a socket that is opened while it lasts, and of none afterwards', async () => {
    class Socket extends EventTarget {
      static readonly OPEN = 1;
      readonly readyState = 1;
      /** Called with what the network brings, as the browser would. */
      arrives: WebSocket['onmessage'] = null;
      constructor(readonly url: string) {
        super();
      }
      get onmessage(): WebSocket['onmessage'] {
        return this.arrives;
      }
      set onmessage(handler: WebSocket['onmessage']) {
        this.arrives = handler;
      }
      send(): void {}
    }
    const before = globalThis.WebSocket;
    globalThis.WebSocket = Socket as unknown as typeof WebSocket;
    try {
      const told: string[] = [];
      const open = (url: string) => {
        const socket = new WebSocket(url);
        socket.onmessage = ({ data }) => told.push(String(data));
        return (data: string) =>
          (socket as unknown as Socket).arrives!.call(socket, { data } as MessageEvent);
      };
      const over = putBetween(new WebSocket('ws://a/'), {
        ...{ incoming: doubled, everywhere: true, ms: 10_000 },
      });
      open('ws://a/')('same');
      open('ws://b/')('other');
      assert.deepEqual(told.splice(0), ['same', 'same', 'other']);
      mock.timers.tick(10_000);
      await over;
      open('ws://a/')('later');
      assert.deepEqual(told, ['later']);
    } finally {
      globalThis.WebSocket = before;
    }
  });
});
