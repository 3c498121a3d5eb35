/** Where a call goes. Pure: the same question always has the same answer. */
import type { EndReason, Party } from '../../protocol/index.js';
import type { DialRule, Settings } from '../config/settings.js';
import { matches } from './pattern.js';

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
}

/** The extensions there are. */
export interface Directory {
  extension(number: string): { readonly id: string; readonly name: string } | undefined;
}

export type Route =
  | { readonly kind: 'ring'; readonly party: Party; readonly ringMs: number }
  | { readonly kind: 'refused'; readonly reason: EndReason };

/** Finds the extension to ring, or the reason why there is none. */
export function route(request: RouteRequest, plan: DialPlan, directory: Directory): Route {
  const { to, caller, only, hops } = request;
  if (hops > MAX_HOPS) return refused('unavailable');
  const wanted = only !== null && to === '' ? only : to;
  // A visitor's one number is an extension; rules could lead it elsewhere.
  if (only !== null && wanted !== only) return refused('forbidden');
  const rule = only === null ? plan.rules.find(({ pattern }) => matches(pattern, wanted)) : undefined;
  const number = rule ? applied(rule, wanted) : wanted;
  const extension = directory.extension(number);
  if (!extension) return refused('not-found');
  if (extension.id === caller) return refused('busy');
  return {
    kind: 'ring',
    party: { number: extension.id, name: extension.name },
    ringMs: (rule?.ringSeconds ?? plan.ringSeconds) * 1000,
  };
}

function applied({ to }: DialRule, number: string): string {
  return to.replaceAll('{number}', () => number);
}

function refused(reason: EndReason): Route {
  return { kind: 'refused', reason };
}
