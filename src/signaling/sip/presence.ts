import type { Extension } from '../port.js';
import { elements } from './xml.js';

/** More than any server sends for one extension; a longer one is not looked at. */
const LONGEST = 64 * 1024;

/** What people do when they are not to be called (RFC 4480, 3.2), and what some phones write in its place. */
const BUSY = ['on-the-phone', 'busy', 'meeting', 'in-transit', 'presentation'];

/**
 * What a presence document (PIDF, RFC 3863) says of an extension: `offline` where everything of it is closed, `busy` by
 * its activities, else `idle`. Null where it says nothing.
 */
export function presenceIn(document: string): Extension['status'] | null {
  if (document.length > LONGEST || !/<(?:[\w-]+:)?presence\b/.test(document)) return null;
  const basics = elements(document, 'basic').map(({ body }) => body.trim().toLowerCase());
  if (!basics.length) return null;
  if (!basics.includes('open')) return 'offline';
  return BUSY.some((activity) => new RegExp(`<(?:[\\w-]+:)?${activity}\\s*/?>`).test(document))
    ? 'busy'
    : 'idle';
}
