/**
 * What a page leaves for the one that comes after it in the same tab, by a reload or a link, so that its calls go on.
 *
 * It is written when the page goes and taken out when the next one has used it: a tab that is duplicated copies what
 * lies there, and a copy must not get hold of calls that are going on in the original.
 */
import { stored } from './kept.js';

/** A call as it can be shown when it could not be kept, and what only this device knew of it. */
export interface KeptCall {
  readonly id: string;
  readonly direction: 'incoming' | 'outgoing';
  readonly remote: { readonly number: string; readonly name: string };
  readonly startedAt: number;
  readonly answeredAt: number | null;
  readonly muted: boolean;
  readonly ignored: boolean;
}

export interface Keepsake {
  readonly server: string;
  /** Who was signed in (see `phone/recovery/returning.ts`); never a password or token. */
  readonly as: string;
  /** Opens the connection that was left, once (`SignalingPort.ticket`). */
  readonly ticket: string;
  readonly calls: readonly KeptCall[];
  readonly selectedCallId: string | null;
}

/** Tickets that somebody on this page uses already. */
const claimed = new Set<string>();

/** The first that fits, for one to use; null when there is none. It lies there until it was used. */
export function claim(fits: (keepsake: Keepsake) => boolean): Keepsake | null {
  const found = stored()
    .filter(isKeepsake)
    .find((keepsake) => !claimed.has(keepsake.ticket) && fits(keepsake));
  if (found) claimed.add(found.ticket);
  return found ?? null;
}

// By hand: what the kit uses of its validator for this alone, every page would load.
function isKeepsake(value: unknown): value is Keepsake {
  const { server, as, ticket, calls, selectedCallId } = fieldsOf(value);
  return (
    [server, as, ticket].every(isText) &&
    (selectedCallId === null || isText(selectedCallId)) &&
    Array.isArray(calls) &&
    calls.every(isKeptCall)
  );
}

function isKeptCall(value: unknown): value is KeptCall {
  const { id, direction, remote, startedAt, answeredAt, muted, ignored } = fieldsOf(value);
  const { number, name } = fieldsOf(remote);
  return (
    [id, number, name].every(isText) &&
    (direction === 'incoming' || direction === 'outgoing') &&
    Number.isFinite(startedAt) &&
    (answeredAt === null || Number.isFinite(answeredAt)) &&
    typeof muted === 'boolean' &&
    typeof ignored === 'boolean'
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
