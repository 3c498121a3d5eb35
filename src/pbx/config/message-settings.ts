/** The part of the configuration for messages: the mail server, and the gateway for SMS. */
import * as v from 'valibot';
import { parseMailboxes } from './mailboxes.js';
import { headerValue, port, shortText, text, webAddress, wholeNumber } from './parts.js';

const MAILBOX_EXPECTED = 'expected an e-mail address, such as "pbx@example.com" or "Phone <pbx@example.com>"';

/** One address, alone or in `< >` after a name. */
const mailbox = v.pipe(
  v.string(MAILBOX_EXPECTED),
  v.check((value) => parseMailboxes(value)?.length === 1, MAILBOX_EXPECTED),
);

const SECURITY = ['tls', 'starttls', 'none'] as const;

/** The mail server that takes the e-mails of scripts and commands (SMTP, RFC 5321). */
export const emailSchema = v.strictObject({
  host: shortText(253),
  /** Without it 465 for `tls`, 587 for `starttls`, 25 for `none`. */
  port: v.optional(port),
  /** `tls` from the first byte, `starttls` before anything else is said, `none` never. */
  security: v.optional(v.picklist(SECURITY, 'expected "tls", "starttls" or "none"'), 'starttls'),
  username: v.optional(shortText(256)),
  password: v.optional(shortText(1024)),
  /** Whom e-mails are from when the command does not say, and where those come back that cannot be delivered. */
  from: mailbox,
});

/** Headers that belong to the request itself. */
const OWN_HEADERS = /^(host|connection|content-length|content-type|transfer-encoding|upgrade|te|trailer)$/i;
const HEADER_NAME_EXPECTED = 'expected the name of a header that is not made by the phone system itself';
const headerName = v.pipe(
  v.string(HEADER_NAME_EXPECTED),
  v.regex(/^[!#$%&'*+.^_`|~\w-]{1,128}$/, HEADER_NAME_EXPECTED),
  v.check((value) => !OWN_HEADERS.test(value) && value !== '__proto__', HEADER_NAME_EXPECTED),
);

/** How the fields of a message are called by the gateway, in what is sent to it and in what it sends. */
const fieldsSchema = v.strictObject({
  id: v.optional(text, 'id'),
  sender: v.optional(text, 'sender'),
  recipient: v.optional(text, 'recipient'),
  message: v.optional(text, 'message'),
  /** In a report: whether the message was delivered. */
  delivered: v.optional(text, 'delivered'),
});

/** A gateway for SMS that takes messages by HTTP and brings reports and messages the same way. */
export const smsSchema = v.strictObject({
  type: v.literal('http', 'expected "http"'),
  /** Where messages are posted to. */
  url: webAddress,
  /** The body is a JSON object, or a form. */
  format: v.optional(v.picklist(['json', 'form'], 'expected "json" or "form"'), 'json'),
  fields: v.optional(fieldsSchema, {}),
  /** More headers for it, such as `Authorization`. */
  headers: v.optional(v.record(headerName, headerValue), {}),
  timeoutSeconds: v.optional(wholeNumber(1, 60, 'a number of seconds'), 10),
  /** What the gateway shows when it brings something; without it, it brings nothing. */
  incomingToken: v.optional(
    v.pipe(
      v.string('expected a text of 16 to 256 characters'),
      v.minLength(16, 'expected a text of 16 to 256 characters'),
      v.maxLength(256, 'expected a text of 16 to 256 characters'),
    ),
  ),
});

export type EmailSettings = v.InferOutput<typeof emailSchema>;
export type SmsSettings = v.InferOutput<typeof smsSchema>;
