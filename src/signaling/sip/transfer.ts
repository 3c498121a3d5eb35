/** Transfers (RFC 5589): a REFER asks the other side to call somebody, and a NOTIFY tells how that goes. */
import { SignalingError, type EndReason, type Transfer } from '../port.js';
import type { Dialog } from './dialog.js';
import type { IncomingRequest, Uri } from './jssip.js';
import { endReasonOf, refusal } from './statuses.js';

/** What of a call a transfer needs. */
export interface Transferable {
  readonly contactHeader: string;
  changed(transfer: Transfer | null): void;
  /** The other side talks to somebody else now. */
  done(): void;
}

/** A transfer this side asked for. */
export class Transferring {
  readonly #to: string;
  readonly #call: Transferable;

  constructor(to: string, call: Transferable) {
    this.#to = to;
    this.#call = call;
  }

  /** Rejects with a {@link SignalingError} when the other side does not do it. */
  async ask(dialog: Dialog, referTo: string, by: Uri): Promise<void> {
    this.#call.changed({ to: this.#to, state: 'trying' });
    const headers = [this.#call.contactHeader, `Refer-To: <${referTo}>`, `Referred-By: <${String(by)}>`];
    try {
      const response = await dialog.ask('REFER', headers).response;
      if (response.status_code >= 300) throw refusal(response);
    } catch (error) {
      this.#call.changed(null);
      throw error;
    }
  }

  /** Takes what the other side tells (message/sipfrag, RFC 3420). */
  notified(request: IncomingRequest): void {
    const code = Number(/^SIP\/2\.0 (\d{3})/.exec(request.body ?? '')?.[1] ?? 0);
    const to = this.#to;
    if (code >= 300) this.#call.changed({ to, state: 'failed', reason: endReasonOf(code) });
    else if (code >= 200) this.#call.done();
    else if (code > 100) this.#call.changed({ to, state: 'ringing' });
  }
}

/** Where the other side asked this one to call, and which call there it is to replace. */
export interface Referral {
  readonly target: Uri;
  readonly headers: readonly string[];
}

/** Reads a REFER; null for what this phone cannot do. */
export function referralOf(request: IncomingRequest): Referral | null {
  const uri = request.refer_to?.uri;
  if (!uri?.user) return null;
  const target = uri.clone();
  target.clearHeaders();
  const headers: string[] = [];
  try {
    const replaces = uri.getHeader('Replaces')?.[0];
    if (replaces !== undefined) headers.push(`Replaces: ${oneLine(decodeURIComponent(replaces))}`);
  } catch {
    return null;
  }
  const by = request.getHeader('referred-by');
  if (by) headers.push(`Referred-By: ${oneLine(by)}`);
  return { target, headers };
}

/** Tells the side that asked how its transfer goes. */
export class ReferralReport {
  readonly #dialog: Dialog;
  readonly #contact: string;
  #over = false;

  constructor(dialog: Dialog, contact: string) {
    this.#dialog = dialog;
    this.#contact = contact;
  }

  tell(code: number, phrase: string): void {
    if (this.#over) return;
    this.#over = code >= 200;
    const state = this.#over ? 'terminated;reason=noresource' : 'active;expires=60';
    const headers = [
      this.#contact,
      'Event: refer',
      `Subscription-State: ${state}`,
      'Content-Type: message/sipfrag;version=2.0',
    ];
    // Who asked may have left already, as is its right.
    this.#dialog.ask('NOTIFY', headers, `SIP/2.0 ${code} ${phrase}\r\n`).response.catch(() => {});
  }
}

/** The status a call ended with, for who asked for it. */
export function statusOf(reason: EndReason | undefined): [code: number, phrase: string] {
  switch (reason) {
    case 'busy':
      return [486, 'Busy Here'];
    case 'not-found':
      return [404, 'Not Found'];
    case 'no-answer':
      return [408, 'Request Timeout'];
    case 'unavailable':
      return [480, 'Temporarily Unavailable'];
    case 'rejected':
      return [603, 'Decline'];
    case 'forbidden':
      return [403, 'Forbidden'];
    default:
      return [487, 'Request Terminated'];
  }
}

/** Nothing of another's may begin a header of its own. */
function oneLine(text: string): string {
  if (/[\r\n]/.test(text)) throw new SignalingError('unsupported', 'A header goes over several lines.');
  return text;
}
