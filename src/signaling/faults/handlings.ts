/** What a bad network does with messages. */
import type { Handling } from './tap.js';

/** How long a message waits for one that could come before it, in milliseconds. */
const ALONE_MS = 300;

/** None arrives. */
export const lost: Handling = { take() {} };

/** Each arrives twice. */
export const doubled: Handling = {
  take(handOn) {
    handOn();
    handOn();
  },
};

/** Each arrives so many milliseconds later, in order. */
export function delayed(ms: number): Handling {
  const waiting: { handOn: () => void; timer: ReturnType<typeof setTimeout> }[] = [];
  return {
    take(handOn) {
      waiting.push({ handOn, timer: setTimeout(() => waiting.shift()?.handOn(), ms) });
    },
    release() {
      for (const { handOn, timer } of waiting.splice(0)) {
        clearTimeout(timer);
        handOn();
      }
    },
  };
}

/** Of two that follow each other, the second arrives first. */
export function swapped(): Handling {
  let first: (() => void) | null = null;
  let timer: ReturnType<typeof setTimeout>;
  const release = () => {
    clearTimeout(timer);
    const held = first;
    first = null;
    held?.();
  };
  return {
    take(handOn) {
      if (first) {
        handOn();
        release();
      } else {
        first = handOn;
        timer = setTimeout(release, ALONE_MS);
      }
    },
    release,
  };
}
