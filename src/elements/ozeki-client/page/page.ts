/**
 * What a call means to the page beside its tags: the system's controls and the title; once it is under way, or where hotkeys
 * are wanted, what `in-call.ts` does. Several clients share the one page.
 */
import type { PhoneHandle } from '../../../phone/handle.js';
import { once } from '../../../phone/once.js';
import { liveCalls, type LiveCall } from './live-call.js';
import { showInMediaSession } from './media-session.js';
import { showInTitle } from './title-badge.js';

type Client = HTMLElement & { readonly phone: PhoneHandle };

const pages = new Set<Page>();

const loadInCall = once(() => import('./in-call.js'));
/** There was a call for that part: it is told of every change from then on. */
let inCall = false;

export class Page {
  /** The calls of this client that concern the page. */
  live: readonly LiveCall[] = [];
  readonly client: Client;

  constructor(client: Client) {
    this.client = client;
  }

  /** Makes the page what the client's calls say now. */
  follow(): void {
    const { client } = this;
    this.live = client.isConnected ? liveCalls(client.phone) : [];
    if (this.live.length) pages.add(this);
    else pages.delete(this);
    showInMediaSession(without('no-media-session'));
    showInTitle(without('no-title-badge'));
    inCall ||= this.has('hotkeys') || this.live.some(isUnderWay);
    // What could not be loaded is asked for again with the next change.
    if (inCall)
      loadInCall().then(
        ({ follow }) => follow([...pages], without),
        () => {},
      );
  }

  has(attribute: string): boolean {
    return this.client.hasAttribute(attribute);
  }

  /** Whether it has the same phone as another: then their calls are the same ones. */
  shares(other: Page): boolean {
    return this.client.phone === other.client.phone;
  }
}

/** It was measured, so people talk, or there is a picture. */
function isUnderWay({ call }: LiveCall): boolean {
  return !!call.quality || call.remoteVideo || call.camera === 'on';
}

/** The calls of each phone, once, but of those a client of which has an attribute. */
function without(attribute: string): LiveCall[] {
  const all = [...pages];
  return all
    .filter((page, index) => {
      const same = all.filter((other) => other.shares(page));
      return same[0] === all[index] && !same.some((one) => one.has(attribute));
    })
    .flatMap(({ live }) => live);
}
