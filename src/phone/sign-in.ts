import type { Credentials } from '../signaling/port.js';
import type { SignIn } from './handle.js';

/** The credentials for one connection; a token address is asked anew each time. Rejects with a `SignalingError`. */
export async function credentialsFor(
  signIn: Exclude<SignIn, { readonly resume: true }>,
): Promise<Credentials> {
  if ('extension' in signIn) {
    return { kind: 'password', extension: signIn.extension, password: signIn.password };
  }
  if ('token' in signIn) return { kind: 'token', token: signIn.token };
  const { fetchToken } = await import('./token-address.js');
  return { kind: 'token', token: await fetchToken(signIn.tokenUrl) };
}
