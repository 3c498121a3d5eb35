/** Which settings a phone system can change while it runs, and which count only from its next start. */
import { isDeepStrictEqual } from 'node:util';
import type { Settings } from './settings.js';

const AT_RUN_TIME = [
  'extensions',
  'users',
  'outsideLines',
  'conferences',
  'dialPlan',
  'legacySessionStates',
  'allowedOrigins',
  'iceServers',
  'httpApi',
] as const satisfies readonly (keyof Settings)[];

/** The settings of a phone system that runs, with those of `wanted` that can change at run time. */
export function takeOver(current: Settings, wanted: Settings): Settings {
  const { httpApi: _before, ...rest } = current;
  const entries = AT_RUN_TIME.filter((key) => wanted[key] !== undefined).map((key) => [key, wanted[key]]);
  return { ...rest, ...(Object.fromEntries(entries) as Partial<Settings>) };
}

/** The keys in which two configurations differ and that cannot change at run time. */
export function changedKeys(started: Settings, wanted: Settings): string[] {
  const fixed: readonly string[] = AT_RUN_TIME;
  const keys = new Set([...Object.keys(started), ...Object.keys(wanted)]) as Set<keyof Settings>;
  return [...keys].filter((key) => !fixed.includes(key) && !isDeepStrictEqual(started[key], wanted[key]));
}
