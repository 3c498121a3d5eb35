/**
 * Putting DTLS handshake messages together (RFC 6347, 4.2.3). A browser's first message is larger than a packet
 * since it offers post-quantum keys. werift joins fragments in the order they arrive and counts repeated ones
 * twice, so that one late or repeated packet ends the handshake for good.
 */

/** A handshake message or a piece of one. */
export interface HandshakeFragment {
  readonly length: number;
  readonly message_seq: number;
  readonly fragment_offset: number;
  readonly fragment_length: number;
}

/** A handshake has few messages; more at a time than this are not meant to be completed. */
const MAX_MESSAGES = 8;
const MAX_FRAGMENTS = 32;

/** Takes fragments as they arrive and returns the pieces of each message that is whole, in order. */
export function createReassembler<F extends HandshakeFragment>(): (arrived: readonly F[]) => F[] {
  const partial = new Map<number, Map<number, F>>();
  let begun = false;

  const take = (fragment: F): F[] => {
    // A first hello that comes again late would make werift begin anew, with other keys than the browser has.
    if (fragment.message_seq === 0 && begun) return [];
    const whole = complete(fragment);
    if (whole.length > 0 && fragment.message_seq > 0) begun = true;
    return whole;
  };

  const complete = (fragment: F): F[] => {
    if (fragment.fragment_length === fragment.length) return [fragment];
    const known = partial.get(fragment.message_seq);
    if (!known && partial.size >= MAX_MESSAGES) return [];
    const pieces = known ?? new Map<number, F>();
    if (pieces.size >= MAX_FRAGMENTS) return [];
    partial.set(fragment.message_seq, pieces.set(fragment.fragment_offset, fragment));
    const whole = inOrder(pieces.values(), fragment.length);
    if (whole) partial.delete(fragment.message_seq);
    return whole ?? [];
  };
  return (arrived) => arrived.flatMap(take);
}

/** The pieces from the first byte to the last without a gap; null while one is missing. */
function inOrder<F extends HandshakeFragment>(pieces: Iterable<F>, length: number): F[] | null {
  let end = 0;
  const whole: F[] = [];
  for (const piece of [...pieces].sort((one, other) => one.fragment_offset - other.fragment_offset)) {
    if (piece.length !== length || piece.fragment_offset > end) return null;
    if (piece.fragment_offset < end) continue;
    whole.push(piece);
    end += piece.fragment_length;
  }
  return end === length ? whole : null;
}
