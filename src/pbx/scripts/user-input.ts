/** UserInput: says something, gathers keys meanwhile, and does what belongs to them. */
import { setTimeout as delay } from 'node:timers/promises';
import type { ApiExtensionCommand } from '../ozml/index.js';
import { within } from '../time-limit.js';
import { judge } from './menu.js';
import type { Meaning, MenuRules } from './menu.js';
import type { Outcome, Run } from './run.js';
import type { ScriptCall } from './script-call.js';

type UserInput = Extract<ApiExtensionCommand, { name: 'UserInput' }>;

/** How long another key is waited for, once there is one, in milliseconds. */
const NEXT_KEY_MS = 3000;
/** A menu that repeats without saying anything must not go round without a pause, in milliseconds. */
const MIN_ROUND_MS = 1000;

/** Carries out one; `nested` when it stands inside of another, to which its back key leads. */
export async function userInput(
  run: Run,
  step: UserInput,
  nested: boolean,
  signal: AbortSignal,
): Promise<Outcome> {
  const { call } = run;
  // What was pressed before the first menu was not meant for it; deeper ones may be typed ahead.
  if (!nested) call.digits.clear();
  const rules: MenuRules = {
    keys: step.inputs.map(({ key }) => key),
    backKey: nested ? step.backKey : undefined,
    digits: step.digits,
    minDigits: step.minDigits ?? step.digits,
    forwards: step.forwardToUrl !== undefined,
  };
  for (let say = true; ;) {
    const heard = await listen(run, step, say, signal);
    if (heard.kind === 'outcome') return heard.outcome;
    const meaning = heard.kind === 'keys' ? await gather(call, rules, signal) : null;
    if (!meaning || meaning.kind === 'wrong') {
      if (!meaning && !step.repeat) return undefined;
      // A wrong key is answered by saying it all again, where that is wanted; else the right one is waited for.
      say = step.repeat;
      continue;
    }
    if (meaning.kind === 'back') return 'back';
    const outcome =
      meaning.kind === 'forward'
        ? await run.forwardDigits(step.forwardToUrl ?? '', meaning.digits, signal)
        : await run.commands(
            step.inputs.find(({ key }) => key === meaning.key)?.commands ?? [],
            signal,
            step.scope,
          );
    if (outcome !== 'back') return outcome;
    say = true;
  }
}

type Heard =
  /** There are keys to take. */
  | { readonly kind: 'keys' }
  /** Nobody pressed anything in time. */
  | { readonly kind: 'nothing' }
  /** What was to be said led somewhere else. */
  | { readonly kind: 'outcome'; readonly outcome: Outcome };

/** Says it, if it is to be said, and waits for the first key; a key cuts it off. */
async function listen(run: Run, step: UserInput, say: boolean, signal: AbortSignal): Promise<Heard> {
  const pressed = new AbortController();
  const over = new AbortController();
  const saying = AbortSignal.any([signal, pressed.signal]);
  const said = async (): Promise<Heard> => {
    const outcome = say ? await run.commands(step.initialCommands, saying, step.scope) : undefined;
    if (outcome) return { kind: 'outcome', outcome };
    await delay(Math.max(step.timeout * 1000, step.repeat ? MIN_ROUND_MS : 0), undefined, { signal: saying });
    return { kind: 'nothing' };
  };
  const key = async (): Promise<Heard> => {
    await run.call.digits.ready(AbortSignal.any([signal, over.signal]));
    return { kind: 'keys' };
  };
  const saidOrCut = said().catch((error: unknown): Heard => {
    if (pressed.signal.aborted && !signal.aborted) return { kind: 'keys' };
    throw error;
  });
  const keyOrOver = key().catch((error: unknown): Heard => {
    if (over.signal.aborted && !signal.aborted) return { kind: 'nothing' };
    throw error;
  });
  try {
    return await Promise.race([saidOrCut, keyOrOver]);
  } finally {
    pressed.abort();
    over.abort();
    // Nothing of it goes on behind what comes next; what goes wrong in it now is nobody's business any more.
    await Promise.allSettled([saidOrCut, keyOrOver]);
  }
}

/** Takes keys until it is clear what they mean. */
async function gather({ digits }: ScriptCall, rules: MenuRules, signal: AbortSignal): Promise<Meaning> {
  for (let entered = ''; ;) {
    entered += digits.take() ?? '';
    const { now, later } = judge(entered, rules);
    if (now) return now;
    try {
      await within(NEXT_KEY_MS, signal, (enough) => digits.ready(enough));
    } catch (error) {
      if (signal.aborted) throw error;
      return later;
    }
  }
}
