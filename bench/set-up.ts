/** Call set-up: a call through the phone system beside bare ones, taken in turns so that all meet the same machine. */
import { createWeriftEngine } from '../src/pbx/media/werift/index.js';
import { startBrowser } from '../test/support/browser.js';
import { SILENT_LOG } from '../test/support/peer-page.js';
import { engineLeg, weriftLeg } from './bare-legs.js';
import { openBarePage } from './bare-page.js';
import { PhoneCalls } from './phone-call.js';
import { Signalling } from './signalling.js';

export const KINDS = {
  phone: 'call through the phone system',
  werift: 'bare browser to werift leg',
  engine: 'bare browser to media engine leg',
  pair: 'bare browser pair',
} as const;

export type Kind = keyof typeof KINDS;

/** Milliseconds from click to first audio packet, in the order they were taken. */
export type SetUpTimes = Record<Kind, number[]>;

/** Not counted: code is compiled and devices are opened for the first time. */
const WARM_UP = 2;

export async function measureSetUp(runs: number, progress: (done: number) => void): Promise<SetUpTimes> {
  const browser = await startBrowser();
  const engine = await createWeriftEngine({ log: SILENT_LOG });
  const signalling = await Signalling.start({ werift: weriftLeg, engine: engineLeg(engine) });
  const phone = await PhoneCalls.start(browser);
  try {
    const bare = (path: string) => openBarePage(browser, signalling.url, signalling.socketUrl(path));
    const [toWerift, toEngine] = [await bare('werift'), await bare('engine')];
    const [near, far] = [await bare('pair'), await bare('pair')];
    await far.evaluate(() => window.bare.acceptCalls());
    const callers = { werift: toWerift, engine: toEngine, pair: near };

    const times: SetUpTimes = { phone: [], werift: [], engine: [], pair: [] };
    for (let run = -WARM_UP; run < runs; run++) {
      for (const kind of turn(run + WARM_UP)) {
        let passed: number;
        if (kind === 'phone') {
          passed = await phone.call();
          await phone.hangUp();
        } else {
          passed = await callers[kind].evaluate(() => window.bare.call());
          await callers[kind].evaluate(() => window.bare.hangUp());
          if (kind === 'pair') await far.evaluate(() => window.bare.hangUp());
          else await signalling.endLegs();
        }
        if (run >= 0) times[kind].push(passed);
      }
      progress(run + 1);
    }
    return times;
  } finally {
    // First, since the others wait for its connections to end.
    await browser.close();
    await phone.close();
    await signalling.close();
    await engine.close();
  }
}

/** The kinds, beginning with another one in every run. */
function turn(run: number): Kind[] {
  const kinds = Object.keys(KINDS) as Kind[];
  const first = run % kinds.length;
  return [...kinds.slice(first), ...kinds.slice(0, first)];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
