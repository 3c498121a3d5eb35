/** The part of the configuration that says how much strangers may take of the gateway, and whose word on addresses counts. */
import * as v from 'valibot';
import { isAddressRange } from './addresses.js';
import { wholeNumber } from './parts.js';

export const RANGE_EXPECTED = 'expected "loopback", an address, or a range such as "192.168.0.0/16"';
export const addressRange = v.pipe(v.string(RANGE_EXPECTED), v.check(isAddressRange, RANGE_EXPECTED));

/** An address is one IPv4 address, or the /64 network of an IPv6 address: as much as one household is given. */
export const limitsSchema = v.strictObject({
  /** WebSockets open at once from an address. A whole office may be behind one. */
  connectionsPerAddress: v.optional(wholeNumber(1, 1_000_000), 1000),
  /** Of these, those that have not signed in yet. */
  signingInPerAddress: v.optional(wholeNumber(1, 1_000_000), 100),
  /** Sign-ins from an address that may fail in a minute, whichever accounts they are for. */
  failedSignInsPerAddress: v.optional(wholeNumber(5, 1_000_000), 60),
  /** Resumptions from an address that may fail in a minute. After a restart many do that are no attack. */
  failedResumesPerAddress: v.optional(wholeNumber(5, 1_000_000), 1000),
  /** Clients of one extension that are waited for after they lost their sockets. */
  awayPerExtension: v.optional(wholeNumber(1, 1_000_000), 16),
  /** Clients from one address that are waited for, visitors of web sites among them. */
  awayPerAddress: v.optional(wholeNumber(1, 1_000_000), 500),
});

export type LimitSettings = v.InferOutput<typeof limitsSchema>;
