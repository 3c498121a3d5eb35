/**
 * The log every part of the phone system writes to (the shape of a pino logger). Never give it a password, a
 * token, a session description or a digit that a person pressed.
 */
export interface Log {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
  child(bindings: object): Log;
}
