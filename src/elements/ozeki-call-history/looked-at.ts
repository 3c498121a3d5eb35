/**
 * When somebody last looked at the history of a number on this device, by the phone system's clock. Kept in the
 * browser, so that a reload does not bring missed calls back; where the browser keeps nothing, until the reload.
 */
const KEY = 'ozeki-webphone.history-looked-at';
const NEVER: Readonly<Record<string, number>> = {};
let inMemory: Record<string, number> = {};

function read(): Record<string, number> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return { ...(typeof kept === 'object' ? (kept as Record<string, number>) : NEVER), ...inMemory };
  } catch {
    return inMemory;
  }
}

/** The moment, in milliseconds since 1970; 0 for never. */
export function lookedAt(account: string): number {
  const moment = read()[account];
  return Number.isFinite(moment) ? moment! : 0;
}

/** Somebody looks now. */
export function look(account: string, moment: number): void {
  const all = { ...read(), [account]: moment };
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
    inMemory = {};
  } catch {
    inMemory = all;
  }
}

/** Calls back when another window of this site looks. Returns the way to stop. */
export function onLookedElsewhere(listener: () => void): () => void {
  const heard = ({ key }: StorageEvent) => {
    if (key === KEY || key === null) listener();
  };
  addEventListener('storage', heard);
  return () => removeEventListener('storage', heard);
}
