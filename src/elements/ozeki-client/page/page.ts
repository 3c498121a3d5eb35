/**
 * What a call means to the page beside its tags: the system's controls, the title, and the client's quality warnings;
 * with a picture the screen, and hotkeys where they are wanted. Several clients share the one page.
 */
import type { PhoneHandle } from '../../../phone/handle.js';
import type { QualityWarning } from '../../../phone/state.js';
import { OzekiQualityWarningEvent } from '../events.js';
import { hasPicture, liveCalls, type LiveCall } from './live-call.js';
import { showInMediaSession } from './media-session.js';
import { part } from './part.js';
import { showInTitle } from './title-badge.js';

type Client = HTMLElement & { readonly phone: PhoneHandle };

const pages = new Set<Page>();

const followKeys = part(
  () => true,
  async () => (await import('./hotkeys.js')).followKeys,
);
const keepScreenOn = part(hasPicture, async () => (await import('./wake-lock.js')).keepScreenOn);

export class Page {
  /** The calls of this client that concern the page. */
  live: readonly LiveCall[] = [];
  readonly #client: Client;
  #warnings = new Map<string, readonly QualityWarning[]>();

  constructor(client: Client) {
    this.#client = client;
  }

  /** Makes the page what the client's calls say now. */
  follow(): void {
    const client = this.#client;
    this.live = client.isConnected ? liveCalls(client.phone) : [];
    if (this.live.length) pages.add(this);
    else pages.delete(this);
    showInMediaSession(without('no-media-session'));
    showInTitle(without('no-title-badge'));
    keepScreenOn(without('no-wake-lock'));
    followKeys([...pages].flatMap((page) => (page.has('hotkeys') ? page.live : [])));
    this.#warn();
  }

  has(attribute: string): boolean {
    return this.#client.hasAttribute(attribute);
  }

  /** Whether it has the same phone as another: then their calls are the same ones. */
  shares(other: Page): boolean {
    return this.#client.phone === other.#client.phone;
  }

  /** Tells of warnings that came or went. */
  #warn(): void {
    const before = this.#warnings;
    this.#warnings = new Map(this.live.map(({ call }) => [call.id, call.qualityWarnings]));
    for (const [callId, warnings] of this.#warnings) {
      const known = before.get(callId) ?? [];
      if (warnings === known || (!warnings.length && !known.length)) continue;
      this.#client.dispatchEvent(new OzekiQualityWarningEvent({ callId, warnings }));
    }
  }
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
