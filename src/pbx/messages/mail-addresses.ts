/** Whom an e-mail is from, and whom it goes to. */
import { parseMailboxes } from '../config/mailboxes.js';
import type { Mailbox } from '../config/mailboxes.js';
import { MessageError } from './message-error.js';

/** How many people one e-mail may go to. */
export const MAX_RECIPIENTS = 50;

/**
 * One address or several, separated by commas.
 * @throws MessageError `invalid` when there is none, or one that is not an address, or there are too many.
 */
export function readRecipients(text: string): Mailbox[] {
  const mailboxes = parseMailboxes(text);
  if (!mailboxes) throw noAddress();
  if (mailboxes.length > MAX_RECIPIENTS) {
    throw new MessageError('invalid', `An e-mail goes to ${MAX_RECIPIENTS} addresses at most.`);
  }
  return mailboxes;
}

/**
 * The one address somebody sends from.
 * @throws MessageError `invalid` when it is none, or several.
 */
export function readSender(text: string): Mailbox {
  const [mailbox, ...more] = parseMailboxes(text) ?? [];
  if (!mailbox || more.length > 0) throw noAddress();
  return mailbox;
}

function noAddress(): MessageError {
  return new MessageError(
    'invalid',
    'An e-mail address looks like ann@example.com or Ann Lee <ann@example.com>.',
  );
}
