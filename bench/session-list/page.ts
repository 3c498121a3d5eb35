/** What runs in the page: one contestant at a time over a busy phone. */
import '../../src/define/ozeki-session-list.js';
import { providePhone } from '../../src/elements/common/context.js';
import type { PhoneHandle } from '../../src/phone/index.js';
import { mountByHand } from './by-hand.js';
import { mountReact } from './react.js';
import { busyPhone, type BusyPhone } from './sessions.js';

declare global {
  interface Window {
    list: {
      /** Shows the sessions; resolves with the milliseconds until the first rows are painted. */
      show(contestant: Contestant, count: number): Promise<number>;
      /** Makes so many changes within about a second; resolves with the longest frame in milliseconds. */
      change(changes: number): Promise<number>;
    };
  }
}

const MOUNT = {
  kit(place: HTMLElement, phone: PhoneHandle) {
    providePhone(Object.assign(place, { phone }));
    place.append(document.createElement('ozeki-session-list'));
  },
  hand: mountByHand,
  react: mountReact,
  /** The phone by itself. */
  none: () => {},
};

export type Contestant = keyof typeof MOUNT;

const frame = () => new Promise<number>(requestAnimationFrame);
/** After what was drawn last is on the screen. */
const painted = () =>
  frame().then(
    () =>
      new Promise<void>((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve();
        port2.postMessage(null);
      }),
  );

let busy: BusyPhone;

window.list = {
  async show(contestant, count) {
    busy = await busyPhone(count);
    const place = document.createElement('main');
    document.body.append(place);
    await painted();
    const began = performance.now();
    MOUNT[contestant](place, busy.phone);
    const root = () => place.querySelector('ozeki-session-list')?.shadowRoot ?? place;
    while (contestant !== 'none' && root().querySelectorAll('tbody .row, [data-row]').length < 10)
      await frame();
    await painted();
    return performance.now() - began;
  },
  async change(changes) {
    let left = changes;
    let longest = 0;
    let last = await frame();
    const started = performance.now();
    const timer = setInterval(() => {
      const due = Math.min(
        left,
        Math.ceil(((performance.now() - started) / 1000) * changes) - (changes - left),
      );
      if (due > 0) busy.change(due);
      left -= Math.max(0, due);
    }, 1);
    while (left > 0) {
      const now = await frame();
      longest = Math.max(longest, now - last);
      last = now;
    }
    clearInterval(timer);
    return longest;
  },
};
