import type { Party } from '../../protocol/entities.js';
import type { Extension } from '../port.js';
import { readParty } from './identity.js';
import { attribute, elements, unescaped } from './xml.js';

/** More than any server sends for one extension; a longer one is not looked at. */
const LONGEST = 64 * 1024;

/** One dialog of an extension. */
export interface DialogState {
  /** `trying`, `proceeding`, `early` or `confirmed`. */
  readonly state: string;
  /** The extension was called. */
  readonly called: boolean;
  /** The Call-ID, which both sides of a call have; empty where the server keeps it to itself. */
  readonly callId: string;
  /** The extension itself, and the other side; null where the server does not say. */
  readonly local: Party | null;
  readonly remote: Party | null;
}

/** The dialogs of one extension (RFC 4235), by their ids; a partial document changes some of them. */
export class DialogInfo {
  readonly #domain: string;
  readonly #dialogs = new Map<string, DialogState>();

  constructor(domain = '') {
    this.#domain = domain;
  }

  get dialogs(): ReadonlyMap<string, DialogState> {
    return this.#dialogs;
  }

  /** Takes a document; false when it is none. */
  take(document: string): boolean {
    const root = document.length <= LONGEST && /<(?:[\w-]+:)?dialog-info\b([^>]*)>/.exec(document);
    if (!root) return false;
    if (attribute(root[1]!, 'state') !== 'partial') this.#dialogs.clear();
    for (const { attributes, body } of elements(document, 'dialog')) {
      const id = attribute(attributes, 'id');
      const state = elements(body, 'state')[0]?.body.trim();
      if (id === undefined || !state) continue;
      if (state === 'terminated') this.#dialogs.delete(id);
      else
        this.#dialogs.set(id, {
          state,
          called: attribute(attributes, 'direction') === 'recipient',
          callId: attribute(attributes, 'call-id') ?? '',
          local: this.#party(body, 'local'),
          remote: this.#party(body, 'remote'),
        });
    }
    return true;
  }

  /** What a busy lamp shows of it: it rings only where nothing else goes on. */
  get status(): Extension['status'] {
    const states = [...this.#dialogs.values()];
    if (!states.length) return 'idle';
    return states.every(({ state, called }) => called && state !== 'confirmed') ? 'ringing' : 'busy';
  }

  #party(dialog: string, side: 'local' | 'remote'): Party | null {
    const identity = elements(elements(dialog, side)[0]?.body ?? '', 'identity')[0];
    if (!identity) return null;
    const party = readParty(unescaped(identity.body.trim()), this.#domain);
    return party && { ...party, name: attribute(identity.attributes, 'display') ?? '' };
  }
}
