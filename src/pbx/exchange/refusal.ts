/** Why a number cannot be reached, said to whoever asked. */
import { ProtocolError } from '../../protocol/index.js';
import type { EndReason, ErrorName } from '../../protocol/index.js';

/** The error that says why a number cannot be reached, from the end reason a call to it would have. */
export function refusal(reason: EndReason): ProtocolError {
  const [name, message] = REFUSALS[reason] ?? ['not-found', 'This number cannot be reached.'];
  return new ProtocolError(name, message);
}

const REFUSALS: Partial<Record<EndReason, readonly [ErrorName, string]>> = {
  forbidden: ['forbidden', 'You may not send calls to this number.'],
  busy: ['wrong-state', 'Nobody can be connected with himself.'],
  unavailable: ['not-found', 'Nobody is signed in at this number.'],
  'not-found': ['not-found', 'There is no such number.'],
};
