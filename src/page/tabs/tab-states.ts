/** The place of a tab that did not get the phone at once. */

/**
 * `asking`: it has said hello to the tab that has the phone; `following`: it shows what that one tells; `taking`: it takes the
 * phone from it; `leading`: it has it; `alone`: it may not show it, and has one of its own; `left`: it wants none any more.
 */
export type TabState = 'asking' | 'following' | 'taking' | 'leading' | 'alone' | 'left';

/**
 * `welcomed`, `refused`: what the other tab answered; `granted`: the lock is this tab's; `silent`: the other tab does not
 * answer; `wanted`: the person wants the phone here; `failed`: the lock could not be taken; `leave`.
 */
export type TabEvent = 'welcomed' | 'refused' | 'granted' | 'silent' | 'wanted' | 'failed' | 'leave';

/** Which state follows; an event a state does not name changes nothing. */
const NEXT: Record<TabState, Partial<Record<TabEvent, TabState>>> = {
  asking: {
    welcomed: 'following',
    refused: 'alone',
    granted: 'leading',
    silent: 'taking',
    wanted: 'taking',
    leave: 'left',
  },
  following: { refused: 'alone', granted: 'leading', silent: 'taking', wanted: 'taking', leave: 'left' },
  taking: { granted: 'leading', failed: 'alone', leave: 'left' },
  leading: {},
  alone: {},
  left: {},
};

/** The state after an event; null when the event means nothing now. */
export function nextTabState(state: TabState, event: TabEvent): TabState | null {
  return NEXT[state][event] ?? null;
}
