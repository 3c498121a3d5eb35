/**
 * What the tabs of one phone say to each other on their channel (BroadcastChannel). Only pages of the same origin hear
 * it, and what comes is checked all the same. A page may have another version of the kit: the names of channel and lock
 * have a number, which is another one when these messages or the state are.
 */
import {
  anything,
  listOf,
  number,
  object,
  oneOf,
  optional,
  orNull,
  passing,
  read,
  text,
  type Schema,
  type Value,
} from '../../protocol/schema.js';
import type { Directory } from '../../signaling/control-port.js';
import type { PhoneNews } from '../control/control.js';
import type { PhoneState } from '../state.js';

/** Made by the same code as what reads it, and as good as what the phone system said: only its kind is looked at. */
const thing = <T>() => passing<T>((value) => typeof value === 'object' && value !== null);
const things = <T>() =>
  passing<T>((value) => Array.isArray(value) && value.every((one) => typeof one === 'object'));

/** Of the state those parts that are told; each only when it is another one. */
const state = object({
  connection: optional(thing<PhoneState['connection']>()),
  identity: optional(orNull(thing<PhoneState['identity']>())),
  capabilities: optional(orNull(thing<PhoneState['capabilities']>())),
  calls: optional(things<PhoneState['calls']>()),
  selectedCallId: optional(orNull(text)),
  sessions: optional(things<PhoneState['sessions']>()),
  extensions: optional(things<PhoneState['extensions']>()),
  devices: optional(thing<PhoneState['devices']>()),
  problem: optional(orNull(thing<PhoneState['problem']>())),
  clockOffset: optional(number),
});
export const TOLD = Object.keys(state.of) as (keyof typeof state.of)[];
/** Opens the connection, for the tab that takes the phone over. */
const ticket = orNull(text);

const LEADER = {
  /** It has the phone from now on: who shows it says hello anew. */
  leads: object({ leader: text }),
  /** The state, for who said hello. */
  welcome: object({ leader: text, to: text, state, ticket }),
  /** Who said hello did not prove to be allowed to. */
  refused: object({ leader: text, to: text }),
  /** What has changed. */
  state: object({ leader: text, state, ticket }),
  alive: object({ leader: text, to: text }),
  /** What became of a command: `value`, or why it failed. */
  answer: object({
    ...{ leader: text, to: text, id: number, value: anything },
    error: orNull(object({ code: text, message: text })),
  }),
  news: object({ leader: text, news: thing<PhoneNews>(), directory: thing<Directory>() }),
};

const FOLLOWER = {
  hello: object({ from: text, proofs: listOf(text) }),
  ask: object({ from: text }),
  command: object({
    ...{ from: text, id: number, of: oneOf('phone', 'control', 'devices', 'news') },
    ...{ name: text, args: listOf(anything) },
  }),
  bye: object({ from: text }),
};

type Messages<T extends Record<string, Schema>> = {
  [K in keyof T]: { readonly type: K } & Value<T[K]>;
}[keyof T];
/** From the tab that has the phone. */
export type LeaderMessage = Messages<typeof LEADER>;
/** From a tab that shows it. */
export type FollowerMessage = Messages<typeof FOLLOWER>;

/** What that is as a message of the tab that has the phone; null when it is none. */
export function readLeader(data: unknown): LeaderMessage | null {
  return readAs(LEADER, data) as LeaderMessage | null;
}

/** What that is as a message of a tab that shows the phone; null when it is none. */
export function readFollower(data: unknown): FollowerMessage | null {
  return readAs(FOLLOWER, data) as FollowerMessage | null;
}

function readAs(messages: Readonly<Record<string, Schema<object>>>, data: unknown): object | null {
  const type = typeof data === 'object' && data !== null && 'type' in data && String(data.type);
  if (typeof type !== 'string' || !Object.hasOwn(messages, type)) return null;
  const message = read(messages[type]!, data);
  return message && { ...message, type };
}

/**
 * What proves that a tab may show a phone: it knows the password of the extension, or the ticket of its connection.
 * Neither is told, but only the SHA-256 of it with the name of the phone.
 */
export async function proofOf(name: string, secret: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${name}\n${secret}`));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
