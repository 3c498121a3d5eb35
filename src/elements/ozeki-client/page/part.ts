import type { LiveCall } from './live-call.js';

/** Makes something on the page what the calls say now. */
export type Show = (live: readonly LiveCall[]) => void;

/** A part that is loaded when there is a call for it the first time, and told of every change from then on. */
export function part(concerns: (one: LiveCall) => boolean, load: () => Promise<Show>): Show {
  let show: Show | undefined;
  let loading: Promise<void> | undefined;
  let latest: readonly LiveCall[] = [];
  return (live) => {
    latest = live;
    if (show) show(live);
    else if (live.some(concerns)) {
      loading ??= load().then(
        (loaded) => (show = loaded)(latest),
        // It is asked for again with the next change.
        () => (loading = undefined),
      );
    }
  };
}
