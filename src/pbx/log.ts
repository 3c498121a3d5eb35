/**
 * The log every part of the phone system writes to (the shape of a pino logger). Never give it a password, a
 * token, a session description or a digit that a person pressed.
 */
import { destination, pino } from 'pino';

export interface Log {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
  child(bindings: object): Log;
}

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** The log of a process: it can also say why the process ends. */
export interface ProcessLog extends Log {
  fatal(details: object, message: string): void;
}

/** A second net under the rule above: fields of these names are masked wherever they are one level deep. */
const MASKED = [
  'password',
  'passwordHash',
  'token',
  'secret',
  'credential',
  'sdp',
  'offer',
  'answer',
  'digit',
];

/** A log of JSON lines on standard error, written before the call returns so that no last line is lost. */
export function createLog(level: LogLevel): ProcessLog {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: MASKED.flatMap((name) => [name, `*.${name}`]), censor: '[masked]' },
    },
    destination({ dest: 2, sync: true }),
  );
}
