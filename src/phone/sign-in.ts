import { SignalingError, type Credentials } from '../signaling/port.js';
import type { SignIn } from './handle.js';

/** The credentials for one connection; a token address is asked anew each time. Rejects with a {@link SignalingError}. */
export async function credentialsFor(signIn: SignIn): Promise<Credentials> {
  if ('extension' in signIn) {
    return { kind: 'password', extension: signIn.extension, password: signIn.password };
  }
  if ('token' in signIn) return { kind: 'token', token: signIn.token };
  if ('resume' in signIn) throw new SignalingError('unauthorized', 'There is nothing to take up.');
  const { fetchToken } = await import('./token-address.js');
  const { token, problem, message } = await fetchToken(signIn.tokenUrl);
  if (problem) throw new SignalingError(problem, message);
  return { kind: 'token', token };
}
