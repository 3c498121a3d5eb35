/** Kinds of values that commands have beside those of OzML. */
import * as v from 'valibot';
import { numberSchema } from '../../protocol/index.js';
import { parseMailboxes } from '../config/mailboxes.js';
import type { Kind } from '../ozml/kinds.js';

/** What can be dialled. */
export const number: Kind<string> = {
  expects: 'a number to dial: 1 to 64 characters without blanks',
  read: (value) => (v.is(numberSchema, value) ? value : undefined),
};

/** Addresses of e-mail, as they are written. */
export const mailAddresses: Kind<string> = {
  expects: 'an e-mail address, or several separated by commas',
  read: (value) => (parseMailboxes(value) ? value : undefined),
};

/** One of those. */
export const mailAddress: Kind<string> = {
  expects: 'an e-mail address, such as ann@example.com or Ann Lee <ann@example.com>',
  read: (value) => (parseMailboxes(value)?.length === 1 ? value : undefined),
};

/** An XML document; whether it is one is found out by the command, which answers 300 otherwise. */
export const xml: Kind<string> = { expects: 'an XML document', read: (value) => value };

const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

/** A moment, in milliseconds since 1970. Without an offset it is meant by the clock of this machine. */
export const moment: Kind<number> = {
  expects: 'a date and time, such as 2026-01-31 08:00:00 or 2026-01-31T08:00:00+01:00',
  read(value) {
    const [, date, time = '00:00:00', offset = ''] = MOMENT.exec(value) ?? [];
    const at = date === undefined ? NaN : Date.parse(`${date}T${time}${offset}`);
    return Number.isNaN(at) ? undefined : at;
  },
};
