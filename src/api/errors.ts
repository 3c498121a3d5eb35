import type { ProblemCode } from '../phone/index.js';

/** The published status code of each failure (page 4235); those not named here have none, which is 0. */
const CODES: Partial<Record<ProblemCode, number>> = {
  unsupported: 301,
  'empty-number': 302,
  'invalid-number': 302,
  'wrong-state': 303,
  unauthorized: 305,
  forbidden: 306,
  'not-found': 601,
};

/** What to say of this device. */
const DEVICES: Partial<Record<ProblemCode, string>> = {
  'insecure-context':
    'This page is not a secure context, so the browser gives it neither microphone nor camera: open it by https, or on http://localhost.',
  'microphone-refused': 'The microphone was refused: allow it for this page in the browser.',
  'microphone-absent': 'There is no microphone, or another program keeps it.',
  'microphone-changed': 'The microphone was unplugged; another one is used now.',
  'speaker-changed': 'The loudspeaker was unplugged; another one is used now.',
  'camera-refused': 'The camera was refused: allow it for this page in the browser.',
  'camera-absent': 'There is no camera, or it was unplugged.',
  'camera-in-use': 'Another program keeps the camera.',
  'playback-blocked': 'The browser plays no sound before the page is clicked; the next click starts it.',
};

/** What to say where the phone has only a code. */
const MESSAGES: Partial<Record<ProblemCode, string>> = {
  'empty-number': 'A number is needed.',
  'invalid-number': 'This is not a number that can be called, or a key that can be sent.',
  'not-found': 'There is no such call or session.',
  'wrong-state': 'This cannot be done now: the call or session is not in a state for it.',
  unreachable: 'There is no connection to the phone system.',
  lost: 'The connection to the phone system is lost.',
};

/**
 * What `onErrorOccured` gets, and what methods throw whose documentation says so.
 */
export class OzError extends Error {
  override readonly name = 'OzError';

  constructor(
    message: string,
    /** The published status code ("Status codes", page 4235); 0 where none fits. */
    readonly code: number,
    /** The failure's name, for example `forbidden`, `wrong-state`, `camera-refused`. */
    readonly reason: string,
    /** The method that failed, for example `blindTransfer`; empty when it was none. */
    readonly method: string,
    /** The argument that is missing or invalid; empty when it is none. */
    readonly parameter: string = '',
  ) {
    super(message);
  }
}

/** An argument that is missing or cannot be used, in the published words. */
export function badArgument(parameter: string, method: string): OzError {
  const message = `Missing or invalid parameter '${parameter}' for command '${method}'`;
  return new OzError(message, 302, 'invalid-parameter', method, parameter);
}

/** A failure of the phone as pages are told it. */
export function problemError(reason: ProblemCode, method: string, message = ''): OzError {
  // What the phone system says is for people; what comes from the phone itself is only a code.
  const told = message && message !== reason ? message : (MESSAGES[reason] ?? `It failed: ${reason}.`);
  const said = DEVICES[reason] ?? told;
  return new OzError(said, CODES[reason] ?? 0, reason, method);
}

/** Anything that was thrown, as pages are told it. */
export function asOzError(error: unknown, method: string): OzError {
  if (error instanceof OzError) return error;
  const { code, message } = error as { code?: unknown; message?: unknown };
  const text = typeof message === 'string' ? message : String(error);
  // By its shape: the phone may come from another copy of this package.
  return typeof code === 'string'
    ? problemError(code as ProblemCode, method, text)
    : new OzError(text, 0, 'internal', method);
}
