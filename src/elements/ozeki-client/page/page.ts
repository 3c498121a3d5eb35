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
    const calls = (wanted: (page: Page) => boolean) => [...pages].filter(wanted).flatMap(({ live }) => live);
    const without = (name: string) => calls((page) => !page.has(name));
    showInMediaSession(without('no-media-session'));
    showInTitle(without('no-title-badge'));
    keepScreenOn(without('no-wake-lock'));
    followKeys(calls((page) => page.has('hotkeys')));
    this.#warn();
  }

  has(attribute: string): boolean {
    return this.#client.hasAttribute(attribute);
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
