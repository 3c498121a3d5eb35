/** Where a call goes. Pure: the same question always has the same answer. */
import type { EndReason, Party } from '../../protocol/index.js';
import type { Settings } from '../config/settings.js';
import { matches, rest } from './pattern.js';

/** The rules, as the configuration file has them. */
export type DialPlan = Settings['dialPlan'];

/** How often one call may be forwarded or transferred before it counts as going round in circles. */
export const MAX_HOPS = 10;

/** A number that somebody wants to reach. */
export interface RouteRequest {
  /** What was dialled; empty for a visitor's default. */
  readonly to: string;
  /** The number of the party that will be connected. */
  readonly caller: string;
  /** The only extension whoever asks may reach; null for those that may reach anybody. */
  readonly only: string | null;
  /** How often this call was sent on already. */
  readonly hops: number;
  /** Whoever asks is outside: rules do not lead such calls out again, at the cost of this house. */
  readonly fromOutside?: boolean;
}

interface Entry {
  readonly id: string;
  readonly name: string;
}

/** The numbers there are. */
export interface Directory {
  /** Somebody whose phones ring. */
  extension(number: string): Entry | undefined;
  /** Something in the phone system that answers by itself, such as a conference. */
  application(number: string): Entry | undefined;
  /** An outside line by its id. */
  line(id: string): Entry | undefined;
}

export type Route =
  | { readonly kind: 'ring'; readonly party: Party; readonly ringMs: number }
  | { readonly kind: 'answer'; readonly party: Party; readonly ringMs: number }
  /** Out through a line: `party` is whom to dial there. */
  | { readonly kind: 'line'; readonly line: string; readonly party: Party; readonly ringMs: number }
  | { readonly kind: 'refused'; readonly reason: EndReason };

/** Finds the extension to ring, the application that answers, the line out, or the reason why there is none. */
export function route(request: RouteRequest, plan: DialPlan, directory: Directory): Route {
  const { to, caller, only, hops } = request;
  if (hops > MAX_HOPS) return refused('unavailable');
  const wanted = only !== null && to === '' ? only : to;
  // A visitor's one number is an extension; rules could lead it elsewhere.
  if (only !== null && wanted !== only) return refused('forbidden');
  const { number, ringSeconds, line } =
    only === null ? translate(wanted, plan) : { number: wanted, ringSeconds: plan.ringSeconds };
  if (line !== undefined) {
    if (request.fromOutside) return refused('forbidden');
    if (number === '' || !directory.line(line)) return refused('not-found');
    return { kind: 'line', line, party: { number, name: '' }, ringMs: ringSeconds * 1000 };
  }
  const application = directory.application(number);
  const found = application ?? directory.extension(number);
  if (!found) return refused('not-found');
  if (found.id === caller) return refused('busy');
  const party = { number: found.id, name: found.name };
  return { kind: application ? 'answer' : 'ring', party, ringMs: ringSeconds * 1000 };
}

/** What the dial plan makes of a dialled number. */
export interface Translation {
  readonly number: string;
  /** How long it rings there. */
  readonly ringSeconds: number;
  /** The outside line by which the number is reached; left out for one of this house. */
  readonly line?: string;
}

/** What the first rule that fits makes of a dialled number. */
export function translate(dialled: string, plan: DialPlan): Translation {
  const rule = plan.rules.find(({ pattern }) => matches(pattern, dialled));
  if (!rule) return { number: dialled, ringSeconds: plan.ringSeconds };
  const { pattern, to, line, ringSeconds = plan.ringSeconds } = rule;
  const values: Record<string, string> = { '{number}': dialled, '{rest}': rest(pattern, dialled) };
  const number = to.replaceAll(/\{(?:number|rest)\}/g, (name) => values[name]!);
  return { number, ringSeconds, ...(line !== undefined && { line }) };
}

function refused(reason: EndReason): Route {
  return { kind: 'refused', reason };
}
