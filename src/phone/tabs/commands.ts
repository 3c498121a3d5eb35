/** What can be told to a phone in another tab: each command, and what its arguments are. */
import {
  check,
  flag,
  listOf,
  object,
  oneOf,
  optional,
  passing,
  text,
  type Schema,
} from '../../protocol/schema.js';
import type { PhoneControl } from '../control/control.js';
import type { PhoneHandle } from '../handle.js';

type Arguments = readonly Schema[];

const party = oneOf('caller', 'callee');
/** What the control checks by itself, and the phone system after it. */
const query = passing<object>((value) => typeof value === 'object' && value !== null);

/** Commands of the phone. */
export const COMMANDS = {
  retry: [],
  dial: [text, optional(object({ video: optional(flag), camera: optional(flag), id: optional(text) }))],
  accept: [text, optional(object({ video: optional(flag) }))],
  pickUp: [text],
  reject: [text],
  ignore: [text],
  forward: [text, text],
  hangUp: [text],
  hold: [text],
  unhold: [text],
  swapTo: [text],
  transfer: [text, text],
  consult: [text, text],
  join: [text, text],
  setMuted: [text, flag],
  sendDigits: [text, text],
  setCamera: [text, flag],
  switchCamera: [],
  select: [text],
  dismiss: [text],
  watchExtension: [text],
  holdSession: [text],
  unholdSession: [text],
  closeSession: [text],
  transferSession: [text, party, text],
  chooseDevice: [oneOf('microphone', 'speaker', 'ringer', 'camera'), text],
  simulate: [text],
} satisfies Partial<Record<keyof PhoneHandle, Arguments>>;

/** Commands of its control. */
export const CONTROL_COMMANDS = {
  watch: [],
  hangUpSession: [text],
  forwardSession: [text, text],
  sendSessionDigit: [text, party, text],
  listen: [text],
  stopListening: [text],
  setUpCall: [text, text],
  checkWebphone: [text],
  history: [query],
  merge: [listOf(text)],
  split: [text],
  sendMessage: [text, text],
  sendMessageTo: [text, text],
  conversations: [optional(query)],
  messages: [query],
  seeMessages: [text],
} satisfies Partial<Record<keyof PhoneControl, Arguments>>;

/** How the microphone is treated, which is told where the calls are. */
export const DEVICE_COMMANDS = {
  setProcessing: [
    object({
      echoCancellation: optional(flag),
      noiseSuppression: optional(flag),
      autoGainControl: optional(flag),
    }),
  ],
} satisfies Record<string, Arguments>;

export type CommandName = keyof typeof COMMANDS;
export type ControlCommandName = keyof typeof CONTROL_COMMANDS;

/** Gives a command to a phone, or a part of it; throws a `TypeError` when there is no such command, or for other arguments. */
export function give(
  commands: Readonly<Record<string, Arguments>>,
  target: object,
  name: string,
  args: readonly unknown[],
): unknown {
  const expected = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!expected) throw new TypeError('This version of the kit has no such command.');
  const checked = expected.map((schema, index) => check(schema, args[index]));
  return (target as Record<string, (...args: unknown[]) => unknown>)[name]!(...checked);
}
