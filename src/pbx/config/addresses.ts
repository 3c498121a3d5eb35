/** Ranges of IP addresses, as the configuration names them: `192.168.0.0/16`, `::1`, `loopback`. */
import { BlockList, isIP } from 'node:net';

/** What `loopback` stands for (RFC 1122, RFC 4291). */
const LOOPBACK = ['127.0.0.0/8', '::1'];

interface Range {
  readonly address: string;
  readonly family: 'ipv4' | 'ipv6';
  /** How many bits of an address count. */
  readonly prefix: number;
}

/** Whether a text names a range: `loopback`, an address, or an address with a prefix length (CIDR, RFC 4632). */
export function isAddressRange(value: string): boolean {
  return value === 'loopback' || readRange(value) !== null;
}

/** Addresses that lie in one of some ranges. */
export class AddressList {
  readonly #list = new BlockList();

  /** @param ranges Texts of which {@link isAddressRange} says that they are ranges. */
  constructor(ranges: readonly string[]) {
    for (const text of ranges.flatMap((range) => (range === 'loopback' ? LOOPBACK : [range]))) {
      const range = readRange(text);
      if (!range) throw new RangeError(`"${text}" is no range of addresses.`);
      this.#list.addSubnet(range.address, range.prefix, range.family);
    }
  }

  /** Whether an address lies in the list. An IPv4 address is the same in its IPv6 form, and a zone is not looked at. */
  has(address: string): boolean {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
    const version = isIP(plain);
    return version !== 0 && this.#list.check(plain, version === 4 ? 'ipv4' : 'ipv6');
  }
}

function readRange(text: string): Range | null {
  const [, address = '', bits] = /^([\da-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  if (version === 0) return null;
  const most = version === 4 ? 32 : 128;
  const prefix = bits === undefined ? most : Number(bits);
  return prefix > most ? null : { address, family: version === 4 ? 'ipv4' : 'ipv6', prefix };
}
