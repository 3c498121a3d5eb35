/** A log that can be read. */
import type { Log } from '../../../src/pbx/log.js';

export interface Line {
  readonly level: string;
  readonly details: object;
  readonly message: string;
}

export function keptLog(): Log & { readonly lines: Line[] } {
  const lines: Line[] = [];
  const at = (level: string) => (details: object, message: string) => {
    lines.push({ level, details, message });
  };
  const log = {
    lines,
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: () => log,
  };
  return log;
}

export const silentLog = (): Log => keptLog();
