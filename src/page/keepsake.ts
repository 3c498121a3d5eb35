/**
 * What a page leaves for the one that comes after it in the same tab, by a reload or a link, so that its calls go on.
 *
 * It is written when the page goes and taken out when the next one has used it: a tab that is duplicated copies what
 * lies there, and a copy must not get hold of calls that are going on in the original.
 */
import * as v from 'valibot';
import { KEPT } from './kept.js';

const text = v.pipe(v.string(), v.maxLength(4096));
const time = v.pipe(v.number(), v.finite());

/** A call as it can be shown when it could not be kept, and what only this device knew of it. */
const callSchema = v.object({
  id: text,
  direction: v.picklist(['incoming', 'outgoing']),
  remote: v.object({ number: text, name: text }),
  startedAt: time,
  answeredAt: v.nullable(time),
  muted: v.boolean(),
  ignored: v.boolean(),
});

const keepsakeSchema = v.object({
  server: text,
  /** Who was signed in (see `phone/recovery/returning.ts`); never a password or token. */
  as: text,
  /** Opens the connection that was left, once (`SignalingPort.ticket`). */
  ticket: text,
  calls: v.pipe(v.array(callSchema), v.maxLength(64)),
  selectedCallId: v.nullable(text),
});

export type KeptCall = v.InferOutput<typeof callSchema>;
export type Keepsake = v.InferOutput<typeof keepsakeSchema>;

/** Tickets that somebody on this page uses already. */
const claimed = new Set<string>();

/** Leaves something behind. A browser that stores nothing for this page keeps nothing. */
export function leave(keepsake: Keepsake): void {
  write([...read().filter(({ ticket }) => ticket !== keepsake.ticket), keepsake]);
}

/** The first that fits, for one to use; null when there is none. It lies there until it is {@link settle}d. */
export function claim(fits: (keepsake: Keepsake) => boolean): Keepsake | null {
  const found = read().find((keepsake) => !claimed.has(keepsake.ticket) && fits(keepsake));
  if (found) claimed.add(found.ticket);
  return found ?? null;
}

/** It was used, or was of no use any more. */
export function settle({ ticket }: Keepsake): void {
  write(read().filter((other) => other.ticket !== ticket));
}

function read(): Keepsake[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(stored)
      ? stored.flatMap((one) => {
          const { success, output } = v.safeParse(keepsakeSchema, one);
          return success ? [output] : [];
        })
      : [];
  } catch {
    return [];
  }
}

function write(keepsakes: readonly Keepsake[]): void {
  try {
    if (keepsakes.length) sessionStorage.setItem(KEPT, JSON.stringify(keepsakes));
    else sessionStorage.removeItem(KEPT);
  } catch {
    // Storage is refused or full: the calls end as they would without it.
  }
}
