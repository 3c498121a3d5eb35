/** Where a page leaves what the next one in the same tab needs for its calls to go on (see keepsake.ts). */
export const KEPT = 'ozeki-webphone.calls';

/** Whether a page of this origin has left something in this tab. */
export function isKept(): boolean {
  try {
    return KEPT in sessionStorage;
  } catch {
    return false;
  }
}
