/**
 * What a call means to the page beside its tags: the system's controls, the screen, the title, hotkeys, and the
 * client's quality warnings. Loaded by a client with its first call. Several clients share the one page.
 */
import type { PhoneHandle } from '../../../phone/handle.js';
import type { QualityWarning } from '../../../phone/state.js';
import { OzekiQualityWarningEvent } from '../events.js';
import { pressHotkey } from './hotkeys.js';
import { liveCalls, type LiveCall } from './live-call.js';
import { showInMediaSession } from './media-session.js';
import { showInTitle } from './title-badge.js';
import { keepScreenOn } from './wake-lock.js';

type Client = HTMLElement & { readonly phone: PhoneHandle };

const pages = new Set<Page>();

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
    const before = pages.size;
    if (this.live.length) pages.add(this);
    else pages.delete(this);
    if (pages.size && !before) addEventListener('keydown', press, { capture: true });
    if (!pages.size && before) removeEventListener('keydown', press, { capture: true });
    const without = (name: string) => [...pages].flatMap((page) => (page.has(name) ? [] : page.live));
    showInMediaSession(without('no-media-session'));
    showInTitle(without('no-title-badge'));
    keepScreenOn(without('no-wake-lock'));
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

function press(event: KeyboardEvent): void {
  pressHotkey(
    event,
    [...pages].flatMap((page) => (page.has('hotkeys') ? page.live : [])),
  );
}
