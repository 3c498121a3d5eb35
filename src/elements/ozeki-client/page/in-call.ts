/**
 * What the page has of a call that is up: signs of microphone and camera, the screen that stays on, hotkeys, and the
 * client's quality warnings.
 */
import type { QualityWarning } from '../../../phone/state.js';
import { OzekiQualityWarningEvent } from '../quality-warning-event.js';
import { showDevices } from './device-signs.js';
import { followKeys } from './hotkeys.js';
import type { LiveCall } from './live-call.js';
import type { Page } from './page.js';
import { keepScreenOn } from './wake-lock.js';

/** What was wrong with each call of a page when it was last looked at. */
const warned = new WeakMap<Page, Map<string, readonly QualityWarning[]>>();

/**
 * Makes the page what the calls say now.
 *
 * @param pages The clients with calls.
 * @param without The calls of those without an attribute.
 */
export function follow(pages: readonly Page[], without: (attribute: string) => LiveCall[]): void {
  showDevices(without('no-media-session'));
  keepScreenOn(without('no-wake-lock'));
  followKeys(pages.flatMap((page) => (page.has('hotkeys') ? page.live : [])));
  pages.forEach(warn);
}

/** Tells of warnings that came or went. */
function warn(page: Page): void {
  const before = warned.get(page);
  const now = new Map(page.live.map(({ call }) => [call.id, call.qualityWarnings]));
  warned.set(page, now);
  for (const [callId, warnings] of now) {
    const known = before?.get(callId) ?? [];
    if (warnings === known || (!warnings.length && !known.length)) continue;
    page.client.dispatchEvent(new OzekiQualityWarningEvent({ callId, warnings }));
  }
}
