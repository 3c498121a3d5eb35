/** Collecting garbage again and again: what nothing holds on to is gone, as it is in a process that runs for days. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Begins; gives the way to stop. */
export function collectsGarbage(): () => void {
  const timer = setInterval(collect, 50);
  return () => clearInterval(timer);
}
