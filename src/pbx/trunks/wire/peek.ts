/**
 * The few fields of a SIP message by which it is told to which transaction it belongs (RFC 3261, 17.1.3 and 17.2.3),
 * read without understanding the rest.
 */

export interface Peeked {
  /** The method of a request; empty for a response. */
  readonly method: string;
  /** The status of a response; 0 for a request. */
  readonly status: number;
  /** Names the transaction, with the method in {@link cseq}. */
  readonly branch: string;
  /** The method of the request, also of a response to it. */
  readonly cseq: string;
}

const REQUEST = /^([A-Z]{1,32}) \S{1,2048} SIP\/2\.0\r\n/;
const RESPONSE = /^SIP\/2\.0 ([1-6]\d\d) [^\r\n]*\r\n/;
const VIA = /^(?:via|v)[ \t]*:[ \t]*SIP\/2\.0\/[^\r\n]*?;[ \t]*branch=([^\s;,]{1,256})/im;
const CSEQ = /^cseq[ \t]*:[ \t]*\d{1,10}[ \t]+([A-Z]{1,32})[ \t]*$/im;

/** Null for what is no SIP message. */
export function peek(text: string): Peeked | null {
  const method = REQUEST.exec(text)?.[1] ?? '';
  const status = Number(RESPONSE.exec(text)?.[1] ?? 0);
  const branch = VIA.exec(text)?.[1];
  const cseq = CSEQ.exec(text)?.[1];
  if ((method === '' && status === 0) || branch === undefined || cseq === undefined) return null;
  return { method, status, branch, cseq };
}
