/** What is remembered of a phone: for the window whether it is open, for the browser its language. */
export type Keeper = 'sessionStorage' | 'localStorage';

const key = (name: string) => `ozeki-webphone.${name}`;

/** What was remembered; null for nothing, also where the browser keeps nothing for this page. */
export function recall(keeper: Keeper, name: string): string | null {
  try {
    return globalThis[keeper].getItem(key(name));
  } catch {
    return null;
  }
}

/** Remembers it, where the browser does. */
export function remember(keeper: Keeper, name: string, value: string): void {
  try {
    globalThis[keeper].setItem(key(name), value);
  } catch {
    // Storage is refused or full.
  }
}
