/** Which settings a phone system can change while it runs, and which count only from its next start. */
import { isDeepStrictEqual } from 'node:util';
import type { Settings } from './settings.js';

const AT_RUN_TIME = [
  'extensions',
  'users',
  'outsideLines',
  'conferences',
  'apiExtensions',
  'dialPlan',
  'legacySessionStates',
  'allowedOrigins',
  'trustedProxies',
  'limits',
  'iceServers',
  'httpApi',
  'email',
  'sms',
  'keepMessagesDays',
  'contentFolder',
  'simulateFaults',
] as const satisfies readonly (keyof Settings)[];

const changeable: readonly string[] = AT_RUN_TIME;

/** The settings of a phone system that runs, with those of `wanted` that can change at run time. */
export function takeOver(current: Settings, wanted: Settings): Settings {
  const fixed = Object.entries(current).filter(([key]) => !changeable.includes(key));
  const changed = Object.entries(wanted).filter(([key]) => changeable.includes(key));
  return Object.fromEntries([...fixed, ...changed]) as Settings;
}

/** The keys in which two configurations differ and that cannot change at run time. */
export function changedKeys(started: Settings, wanted: Settings): string[] {
  const keys = new Set([...Object.keys(started), ...Object.keys(wanted)]) as Set<keyof Settings>;
  return [...keys].filter(
    (key) => !changeable.includes(key) && !isDeepStrictEqual(started[key], wanted[key]),
  );
}
