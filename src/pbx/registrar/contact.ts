/** One phone that is signed in: where calls to an account can be delivered. */
import type { AnyEventData, AnyEventName, Extension, Identity } from '../../protocol/index.js';

export interface Contact {
  /** The connection's id. */
  readonly id: string;
  /** It has lost its socket, and may be back any moment. */
  readonly away?: boolean;
  /** Somebody in the telephone network, who came in by an outside line or was called through one. */
  readonly outside?: boolean;
  /** Who signed in. */
  readonly identity: Identity;
  /** The extension, or the outside line a visitor came in by. */
  readonly account: Omit<Extension, 'status'>;
  /** The program it is, and where that is; not known of everybody. */
  readonly client?: { readonly address: string; readonly port: number; readonly userAgent: string };
  /** The only extension this contact may call; null for those that may call anybody. */
  readonly rings: string | null;
  /** Tells the phone something. Never throws; a phone that is gone hears nothing. */
  tell<E extends AnyEventName>(event: E, data: AnyEventData<E>): void;
}
