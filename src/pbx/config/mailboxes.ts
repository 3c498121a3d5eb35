/** E-mail addresses as people write them. What comes out can be put into a header as it is. */

/** A mailbox: an address, and the name of whose it is (may be empty). */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** The part of RFC 5321 that is in use: nothing quoted, nothing that could end a header or a command. */
const ADDRESS = '[^\\s\\p{C}<>@"(),:;[\\]\\\\]{1,64}@[^\\s\\p{C}<>@"(),:;[\\]\\\\]{1,255}';
const NAME = '"(?<quoted>[^"\\\\\\p{C}]{0,128})"|(?<plain>[^"<>@(),:;[\\]\\\\\\p{C}]{0,128}?)';
/** `ann@example.com`, `Ann Lee <ann@example.com>` or `"Lee, Ann" <ann@example.com>`, and the comma after it. */
const MAILBOX = new RegExp(
  ` *(?:(?:${NAME}) *<(?<named>${ADDRESS})>|(?<bare>${ADDRESS})) *(?<end>,|$)`,
  'uy',
);

/** One address or several, separated by commas, each with or without a name before it; null when it is none. */
export function parseMailboxes(text: string): Mailbox[] | null {
  const mailboxes: Mailbox[] = [];
  for (let offset = 0, more = true; more; offset = MAILBOX.lastIndex) {
    MAILBOX.lastIndex = offset;
    const found = MAILBOX.exec(text)?.groups;
    if (!found) return null;
    const { quoted, plain = '', named, bare = '', end } = found;
    mailboxes.push({ name: quoted ?? plain, address: named ?? bare });
    more = end === ',';
  }
  return mailboxes;
}
