/** Where and how a page leaves what the next one in the same tab needs for its calls to go on (see keepsake.ts). */
const KEPT = 'ozeki-webphone.calls';

/** What lies there; anything that may be stored. */
export function stored(): unknown[] {
  try {
    const list: unknown = JSON.parse(sessionStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

/** Whether a page of this origin has left something in this tab. */
export function isKept(): boolean {
  return stored().length > 0;
}

/**
 * Leaves something under a ticket, in place of what was left under it; nothing when it was used, or is of no use any
 * more. A browser that stores nothing for this page keeps nothing.
 */
export function keep(ticket: string, keepsake?: object): void {
  const others = stored().filter((other) => (other as { ticket?: unknown } | null)?.ticket !== ticket);
  const list = keepsake ? [...others, keepsake] : others;
  try {
    if (list.length) sessionStorage.setItem(KEPT, JSON.stringify(list));
    else sessionStorage.removeItem(KEPT);
  } catch {
    // Storage is refused or full: the calls end as they would without it.
  }
}
