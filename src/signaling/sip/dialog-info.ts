import type { Extension } from '../port.js';

/** More than any server sends for one extension; a longer one is not looked at. */
const LONGEST = 64 * 1024;

/** The dialogs of one extension (RFC 4235), by their ids; a partial document changes some of them. */
export class DialogInfo {
  readonly #states = new Map<string, { readonly state: string; readonly called: boolean }>();

  /** Takes a document; false when it is none. */
  take(document: string): boolean {
    const root = document.length <= LONGEST && /<(?:[\w-]+:)?dialog-info\b([^>]*)>/.exec(document);
    if (!root) return false;
    if (attribute(root[1]!, 'state') !== 'partial') this.#states.clear();
    for (const [, tag, body] of document.matchAll(
      /<(?:[\w-]+:)?dialog(\s[^>]*)>([\s\S]*?)<\/(?:[\w-]+:)?dialog>/g,
    )) {
      const id = attribute(tag!, 'id');
      const state = /<(?:[\w-]+:)?state\b[^>]*>\s*(\w+)\s*</.exec(body!)?.[1];
      if (id === undefined || !state) continue;
      if (state === 'terminated') this.#states.delete(id);
      else this.#states.set(id, { state, called: attribute(tag!, 'direction') === 'recipient' });
    }
    return true;
  }

  /** What a busy lamp shows of it: it rings only where nothing else goes on. */
  get status(): Extension['status'] {
    const states = [...this.#states.values()];
    if (!states.length) return 'idle';
    return states.every(({ state, called }) => called && state !== 'confirmed') ? 'ringing' : 'busy';
  }
}

function attribute(tag: string, name: string): string | undefined {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return match?.[1] ?? match?.[2];
}
